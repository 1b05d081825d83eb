/**
 * The front doors: one address with several listening sockets, so that new people are let in while many write.
 *
 * In each round of its event loop Node takes one new connection from each listening socket, and reads all that
 * came on the others. Under a flood a round is long, and behind a single socket somebody in danger waited for
 * seconds to be let in at all. The system shares what comes among sockets of one address (`SO_REUSEPORT`);
 * where it cannot, there is one door.
 */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import { AdmissionsError } from './errors.ts'

export interface Doors {
  /** e.g. `http://127.0.0.1:3978` */
  readonly address: string
  /** Lets nobody in any more, beside `server.close`. */
  shut(): void
}

const DOORS = 16
/** Connections that may wait at a door; whoever comes beyond them tries again after whole seconds. The system may allow fewer. */
const BACKLOG = 4_096

interface At {
  readonly port: number
  readonly host: string
}

/** @throws AdmissionsError `CONFIG_INVALID` when the address cannot be opened. */
export async function openDoors(server: Server, at: At): Promise<Doors> {
  // Sockets that share an address share it with another process of ours as well: one that is there is seen first.
  await probe(at)
  const canShare = await listen(server, { ...at, reusePort: true }).then(
    () => true,
    () => false,
  )
  if (!canShare) await listen(server, { ...at, reusePort: false })
  const { address, port, family } = server.address() as AddressInfo
  const more = canShare ? await besides(server, { port, host: at.host }) : []
  return {
    address: `${server instanceof TlsServer ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    shut() {
      for (const door of more) door.close()
    },
  }
}

async function probe(at: At): Promise<void> {
  const door = createTcpServer()
  await listen(door, { ...at, reusePort: false })
  await new Promise((resolve) => door.close(resolve))
}

function besides(server: Server, at: At): Promise<TcpServer[]> {
  return Promise.all(
    Array.from({ length: DOORS - 1 }, async () => {
      const door = createTcpServer({ noDelay: true, allowHalfOpen: true }, (socket) =>
        server.emit('connection', socket),
      )
      await listen(door, { ...at, reusePort: true })
      return door
    }),
  )
}

function listen(door: TcpServer, { port, host, reusePort }: At & { reusePort: boolean }): Promise<void> {
  return new Promise((resolve, reject) => {
    door.once('error', (cause: NodeJS.ErrnoException) => {
      const mend = cause.code === 'EADDRINUSE' ? 'another program uses it: set another PORT' : 'set HOST and PORT'
      reject(new AdmissionsError('CONFIG_INVALID', `Port ${port} cannot be opened: ${mend}.`, { cause }))
    })
    door.listen({ port, host, backlog: BACKLOG, reusePort }, () => resolve())
  })
}
