/**
 * A wire to a server: it can be made to hold everything that goes through it, and be turned to another server.
 *
 * What is held goes on when the wire is whole again, as TCP sends again what a network lost: it never leaves bytes out.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Wire {
  readonly port: number
  /** Nothing comes through in either direction, as in a network that is down. */
  cut(now: boolean): void
  /** New connections go there; those that stand are broken, as when an address moves to another machine. */
  turnTo(port: number): void
  end(): void
}

export async function wireTo(target: number): Promise<Wire> {
  let [there, isCut] = [target, false]
  const open = new Set<Socket>()
  const breakAll = (): void => {
    for (const socket of open) socket.destroy()
  }
  const server = createServer((client) => {
    const machine = connect(there, '127.0.0.1')
    for (const [from, to] of [
      [client, machine],
      [machine, client],
    ] as const) {
      open.add(from)
      from.on('data', (chunk) => void to.write(chunk))
      if (isCut) from.pause()
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    cut(now) {
      isCut = now
      for (const socket of open) isCut ? socket.pause() : socket.resume()
    },
    turnTo(port) {
      there = port
      breakAll()
    },
    end() {
      server.close()
      breakAll()
    },
  }
}
