/**
 * What every answer over HTTP carries, and how an error leaves: the same by whichever way it is answered.
 */
import type { ServerResponse } from 'node:http'
import { AdmissionsError } from './errors.ts'
import type { House } from './house.ts'
import { noteRefusal } from './operation/refusals.ts'

/** What is no page runs nothing and stands in no frame, also when it is opened as one (OWASP ASVS 5.0, 3.4.3, 3.4.6). */
const NO_PAGE = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const always = {
  // Answers hold what people said: no cache may keep them.
  'Cache-Control': 'no-store',
  // A file is what we say it is.
  'X-Content-Type-Options': 'nosniff',
  // No address of ours, with its ids, reaches another site.
  'Referrer-Policy': 'no-referrer',
  // A page says its own in the place of this.
  'Content-Security-Policy': NO_PAGE,
}

// Where the service itself speaks TLS nobody comes back without it; behind a proxy this is the proxy's to say.
const byTls = { ...always, 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }

/** While this machine is leaving, each answer asks the proxy not to come back on this connection. */
export function baseHeaders(house: House): Readonly<Record<string, string>> {
  const base = house.config.tls === null ? always : byTls
  return house.leaving.signal.aborted ? { ...base, Connection: 'close' } : base
}

export interface ErrorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
}

/** An error as it leaves; faults of our own, and what nobody may do, are logged by their code. */
export function errorAnswer(house: House, error: unknown, path: string): ErrorAnswer {
  const known = toAdmissionsError(error, path)
  if (known.status >= 500) house.log.error({ event: 'request.failed', code: known.code, cause: causeName(known) })
  else noteRefusal(house, known.code)
  const headers: Record<string, string> = known.retryAfter === null ? {} : { 'Retry-After': known.retryAfter }
  return { status: known.status, headers, body: known.toBody() }
}

/** Without a detour through Express. */
export function sendJson(
  response: ServerResponse,
  { status, headers, body }: { status: number; headers: Readonly<Record<string, string>>; body: object },
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** The name of what lies behind it, never its message, which may quote a request. */
function causeName(error: AdmissionsError): string {
  const { cause } = error
  if (cause instanceof AdmissionsError) return causeName(cause)
  return cause instanceof Error ? cause.name : 'none'
}

function toAdmissionsError(error: unknown, path: string): AdmissionsError {
  if (error instanceof AdmissionsError) return error
  const type = error !== null && typeof error === 'object' && 'type' in error ? error.type : null
  if (type === 'entity.too.large') {
    const limit = path.endsWith('/upload')
      ? 'A photo has at most 10 MB.'
      : 'The request is larger than 256 kB: shorten it.'
    return new AdmissionsError('MessageSizeTooBig', limit)
  }
  const status = error !== null && typeof error === 'object' && 'status' in error ? error.status : null
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const code = path.startsWith('/desk') ? 'REQUEST_INVALID' : 'MalformedData'
    return new AdmissionsError(code, 'The request could not be read: send valid JSON in UTF-8 and a valid address.')
  }
  return new AdmissionsError('ServiceError', 'Something failed on our side: send it again.', { cause: error })
}
