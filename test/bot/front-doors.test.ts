/**
 * The doors of a service: several sockets, one address, and nobody else's.
 */
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openDoors } from '../../bot/front-doors.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

function answering(text: string): Server {
  return createServer((_request, response) => void response.end(text))
}

async function opened(port: number, text = 'ours') {
  const server = answering(text)
  const doors = await openDoors(server, { host: '127.0.0.1', port })
  closing.push(() => {
    doors.shut()
    server.close()
    server.closeAllConnections()
  })
  return { server, doors }
}

test('every connection ends in the same server, whichever door it came through', async () => {
  const { doors } = await opened(0)
  const texts = await Promise.all(
    Array.from({ length: 60 }, async () => (await fetch(doors.address, { headers: { connection: 'close' } })).text()),
  )
  expect(new Set(texts)).toEqual(new Set(['ours']))
})

test('an address that another service or another program has is refused, and said to be in use', async () => {
  const { doors } = await opened(0)
  const port = Number(new URL(doors.address).port)
  await expect(opened(port, 'theirs')).rejects.toThrow(/another program uses it/)
  const other = createTcpServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  closing.push(() => other.close())
  const { port: taken } = other.address() as { port: number }
  await expect(opened(taken)).rejects.toThrow(/another program uses it/)
})

test('shut doors let nobody in any more', async () => {
  const { server, doors } = await opened(0)
  doors.shut()
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
  await expect(fetch(doors.address)).rejects.toThrow()
})
