/**
 * Who listens where the service should: the service itself and how it is, another program, or nobody.
 */
import type { Config } from '../config.ts'
import { askOutside } from '../providers/outside-request.ts'
import type { Finding } from './surroundings.ts'

const TIMEOUT_MS = 3_000

export async function whoListens({ host, port, tls }: Pick<Config, 'host' | 'port' | 'tls'>): Promise<Finding[]> {
  if (port === 0) return []
  const near = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const url = `${tls === null ? 'http' : 'https'}://${near.includes(':') ? `[${near}]` : near}:${port}/readyz`
  const asked = { url, method: 'GET', headers: {}, body: null, allowInside: [near], timeoutMs: TIMEOUT_MS }
  const answered = await askOutside(asked, 'nobody').then(
    ({ text }) => stateIn(text),
    (error: unknown) => (causeOf(error) === 'ECONNREFUSED' ? 'nobody' : 'silent'),
  )
  switch (answered) {
    case 'nobody':
      return [{ state: 'ok', what: `port ${port} is free: the service does not run` }]
    case 'ready':
      return [{ state: 'ok', what: `the service runs on port ${port} and is ready` }]
    case 'not-ready':
      return [
        {
          state: 'problem',
          what: `the service on port ${port} is not ready`,
          mend: 'its fault stands at /readyz; docs/operate.md, StoreDown',
        },
      ]
    default:
      return [
        {
          state: 'problem',
          what: `another program has port ${port}, or the service there does not answer`,
          mend: 'stop it, or set another PORT',
        },
      ]
  }
}

function stateIn(text: string): string {
  return /^\{"status":"(ready|not-ready)"/.exec(text)?.[1] ?? 'another'
}

function causeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : null
  return cause !== null && typeof cause === 'object' && 'code' in cause ? cause.code : null
}
