/**
 * A tiny proxy: each connection goes to the next machine that takes it, as a load balancer without sticky sessions does.
 */

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  readonly address: string
  close(): void
}

/** @param targets - ports on this machine, read anew for each connection. */
export async function startProxy(targets: () => readonly number[]): Promise<Proxy> {
  let turn = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => open.delete(client))
    const ports = targets()
    turn += 1
    pass(
      client,
      ports.map((_, index) => ports[(turn + index) % ports.length] as number),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    address: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      for (const client of open) client.destroy()
    },
  }
}

function pass(client: Socket, [port, ...others]: readonly number[]): void {
  if (port === undefined) return void client.destroy()
  const machine = connect(port, '127.0.0.1')
  machine.once('connect', () => {
    client.pipe(machine).pipe(client)
    client.once('close', () => machine.destroy())
    machine.once('close', () => client.destroy())
  })
  machine.once('error', () => {
    if (machine.connecting || machine.bytesRead + machine.bytesWritten === 0) pass(client, others)
    else client.destroy()
  })
}
