/**
 * Listening: the activities of one conversation, over a WebSocket, or by asking again where none gets through.
 *
 * Each listener runs until it breaks and then returns; reconnecting is the line's business. Both
 * hand on whole sets with their watermark, so that whoever comes next goes on where this one ended.
 */
import { type CallResult, callService, type Fault } from './line-call.ts'
import type { ActivitySet } from './received.ts'

const SOCKET_OPENS_WITHIN_MS = 5_000
const POLL_BUSY_MS = 1_000
const POLL_CALM_MS = 3_000
/** After so long by polling the socket is tried again: the proxy may have been the café's. */
const POLL_FOR_MS = 120_000

export interface Listening {
  readonly signal: AbortSignal
  readonly onSet: (set: ActivitySet) => void
  readonly onOpen: () => void
}

/** Listens on a preauthorised stream URL; true when the socket had opened, false when it never did. */
export function listenOnSocket(streamUrl: string, listening: Listening): Promise<boolean> {
  return new Promise((resolve) => {
    let hasOpened = false
    const socket = new WebSocket(streamUrl)
    const end = () => {
      clearTimeout(timer)
      resolve(hasOpened)
    }
    const timer = setTimeout(() => socket.close(), SOCKET_OPENS_WITHIN_MS)
    socket.onopen = () => {
      clearTimeout(timer)
      hasOpened = true
      listening.onOpen()
    }
    socket.onmessage = (event) => {
      const set = readSet(event.data)
      if (set) listening.onSet(set)
    }
    socket.onclose = end
    socket.onerror = end
    listening.signal.addEventListener('abort', () => {
      socket.close()
      end()
    })
  })
}

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

/** A frame may be empty (keep-alive); anything that is not a set is ignored. */
function readSet(frame: unknown): ActivitySet | null {
  try {
    return frame ? (JSON.parse(String(frame)) as ActivitySet) : null
  } catch {
    return null
  }
}
