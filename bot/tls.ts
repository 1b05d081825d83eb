/**
 * The service's own server: plain HTTP behind a proxy on the same host, or TLS where the way from the proxy is
 * not ours alone (ASVS 5.0, 12.3.3).
 *
 * A renewed certificate is taken without a restart: the files are looked at every hour.
 */
import { readFileSync, statSync } from 'node:fs'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { AdmissionsError } from './errors.ts'

export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

const LOOK_EVERY_MS = 3_600_000

/** @throws AdmissionsError `CONFIG_INVALID` when certificate and key cannot be read or do not belong together. */
export function createDoor(tls: TlsFiles | null, limits: ServerOptions, answer: RequestListener): Server {
  if (tls === null) return answeringAll(createServer(limits, answer), answer)
  const server = attempt(() => createTlsServer({ ...limits, ...read(tls), minVersion: 'TLSv1.2' }, answer))
  let seen = changedAt(tls)
  const timer = setInterval(() => {
    const now = changedAt(tls)
    if (now === seen) return
    try {
      server.setSecureContext({ ...read(tls), minVersion: 'TLSv1.2' })
      seen = now
    } catch {
      // Half written: the old one goes on, and the next look takes the new one.
    }
  }, LOOK_EVERY_MS)
  timer.unref()
  server.once('close', () => clearInterval(timer))
  return answeringAll(server, answer)
}

/** Also what expects something odd: Node's own answer to that would go past every rule of the door. */
function answeringAll(server: Server, answer: RequestListener): Server {
  return server.on('checkExpectation', answer)
}

function read({ cert, key }: TlsFiles): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(cert), key: readFileSync(key) }
}

function changedAt({ cert, key }: TlsFiles): number {
  const at = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Math.max(at(cert), at(key))
}

function attempt<T>(make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new AdmissionsError(
      'CONFIG_INVALID',
      'Settings to mend: TLS_CERT_FILE and TLS_KEY_FILE must be a certificate and its key in PEM that this account may read.',
      { cause },
    )
  }
}
