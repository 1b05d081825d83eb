/**
 * Listening by asking again and again, where a proxy lets no WebSocket through; loaded only there.
 */
import { type CallResult, callService, type Fault } from './line-call.ts'
import type { Listening } from './line-stream.ts'
import type { ActivitySet } from './received.ts'

const POLL_BUSY_MS = 1_000
const POLL_CALM_MS = 3_000
/** After so long by polling the socket is tried again: the proxy may have been the café's. */
const POLL_FOR_MS = 120_000

/** Asks for new activities until a call fails (returns its fault) or two minutes have passed (returns null). */
export async function listenByPolling(
  ask: () => { readonly url: string; readonly token: string },
  listening: Listening,
): Promise<Fault | null> {
  const until = Date.now() + POLL_FOR_MS
  let calm = 0
  while (Date.now() < until && !listening.signal.aborted) {
    const { url, token } = ask()
    const result: CallResult<ActivitySet> = await callService(url, { method: 'GET', token })
    if (!result.ok) return result.fault
    listening.onOpen()
    listening.onSet(result.body)
    calm = result.body.activities?.length ? 0 : calm + 1
    await new Promise((resolve) => setTimeout(resolve, calm > 10 ? POLL_CALM_MS : POLL_BUSY_MS))
  }
  return null
}
