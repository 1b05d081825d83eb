/**
 * Listening on a WebSocket to the activities of one conversation.
 *
 * A listener runs until it breaks and then returns; reconnecting is the line's business. It hands on
 * whole sets with their watermark, so that whoever comes next goes on where this one ended.
 */
import type { ActivitySet } from './received.ts'

const SOCKET_OPENS_WITHIN_MS = 5_000

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

/** A frame may be empty (keep-alive); anything that is not a set is ignored. */
function readSet(frame: unknown): ActivitySet | null {
  try {
    return frame ? (JSON.parse(String(frame)) as ActivitySet) : null
  } catch {
    return null
  }
}
