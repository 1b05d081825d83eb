/**
 * The desk's cookies by their names: in production with the prefix by which a browser takes them over TLS only, from
 * this host alone and for this host alone (OWASP ASVS 5.0, 3.3.1 and 3.3.3).
 */
import type { IncomingMessage } from 'node:http'
import type { House } from '../house.ts'

/** What that prefix asks for. */
export const COOKIE_PATH = '/'

export function cookieName({ config }: Pick<House, 'config'>, name: string): string {
  return config.production ? `__Host-${name}` : name
}

/** The first of this name that a browser sent. */
export function cookieOf(house: Pick<House, 'config'>, { headers }: IncomingMessage, name: string): string | null {
  const wanted = cookieName(house, name)
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim()
  }
  return null
}
