/**
 * One HTTP call to our service, and what can go wrong with it in words the chat can act on.
 *
 * A captive portal answers 200 with a page of HTML, a proxy answers 502 with another: whatever is
 * not our JSON counts as "the service is not there", never as an answer.
 */

/** `offline` no answer · `busy` 429 · `down` 5xx or not our service · `denied` token · `gone` unknown · `refused` for good. */
export type Fault = 'offline' | 'busy' | 'down' | 'denied' | 'gone' | 'refused'

export type CallResult<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly fault: Fault; readonly waitMs: number }

export interface Call {
  readonly method?: 'GET' | 'POST'
  readonly token?: string
  readonly body?: unknown
  /** Lets the request outlive the page (quick exit). */
  readonly keepalive?: boolean
}

const TIMEOUT_MS = 20_000

/** Calls the service; never throws. `waitMs` is the service's own wish (Retry-After), 0 when it has none. */
export async function callService<Body>(url: string, call: Call = {}): Promise<CallResult<Body>> {
  try {
    const response = await fetch(url, {
      method: call.method ?? 'POST',
      headers: headersOf(call),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
      keepalive: call.keepalive ?? false,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
    if (!response.ok) return { ok: false, fault: faultOf(response.status), waitMs: retryAfterMs(response) }
    if (response.status === 204) return { ok: true, body: {} as Body }
    return await response.json().then(
      (body: Body): CallResult<Body> => ({ ok: true, body }),
      (): CallResult<Body> => ({ ok: false, fault: 'down', waitMs: 0 }),
    )
  } catch {
    return { ok: false, fault: 'offline', waitMs: 0 }
  }
}

function headersOf(call: Call): Record<string, string> {
  return {
    ...(call.token === undefined ? {} : { Authorization: `Bearer ${call.token}` }),
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
}

function faultOf(status: number): Fault {
  if (status === 429) return 'busy'
  if (status === 401 || status === 403) return 'denied'
  if (status === 404) return 'gone'
  return status < 500 ? 'refused' : 'down'
}

/** Retry-After as seconds or as an HTTP date (direct-line contract 3.8), at most two minutes. */
function retryAfterMs(response: Response): number {
  const wish = response.headers.get('Retry-After') ?? ''
  const ms = Number(wish) * 1000 || Date.parse(wish) - Date.now()
  return ms > 0 ? Math.min(ms, 120_000) : 0
}
