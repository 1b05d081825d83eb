/**
 * A request as bytes: what no client would send.
 */
import { connect } from 'node:net'

/** Long, for a busy machine: whoever answers at all has answered by then. */
const FIRST_WORD_MS = 10_000
const NOTHING_MORE_MS = 1_000

/** Sends raw bytes and gives what came back until the other side closed, or a second has gone by with nothing more to say. */
export function rawRequest(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let answer = ''
    socket.setTimeout(FIRST_WORD_MS, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
      socket.setTimeout(NOTHING_MORE_MS)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

export const statusesIn = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((one) => Number(one[1]))
