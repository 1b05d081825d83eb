/**
 * Attacks by holding on: slow senders, idle sockets by the hundred, every descriptor taken, streams that nobody reads.
 *
 * `npm run attacks` opens as many as the descriptor limit of this machine allows (SOCKETS); the suite opens fewer.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { call, said, type Visitor, visit } from '../bot/service-in-test.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'

const SOCKETS = Number(process.env.SOCKETS ?? 1_000)
let folder: string
let service: SpawnedService
const open = new Set<Socket>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-sockets-'))
  service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'error' })
})
afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  for (const socket of open) socket.destroy()
  open.clear()
  await expect.poll(aNewPersonIsHeard, { timeout: 20_000 }).toBe(true)
})

/** Somebody new, in danger, has her card. */
async function aNewPersonIsHeard(): Promise<boolean> {
  const visitor = await visit(service.address).catch(() => null)
  const answer = await visitor?.say('I want to kill myself').catch(() => null)
  return answer?.some((one) => said(one).kind === 'crisis') ?? false
}

/** Resolves once the socket is connected or refused. */
function hold(bytes = ''): Promise<Socket> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(service.address)
    const socket = connect(Number(port), hostname, () => {
      if (bytes !== '') socket.write(bytes)
      resolve(socket)
    })
    open.add(socket)
    socket.on('error', () => resolve(socket))
    socket.on('close', () => open.delete(socket))
    socket.resume()
  })
}

async function holdMany(count: number, bytes = ''): Promise<void> {
  const atOnce = 200
  for (let opened = 0; opened < count; opened += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, count - opened) }, () => hold(bytes)))
}

const PATIENT = { timeout: 10_000 }

test('slow senders are let go after their time, and meanwhile nobody waits for them', async () => {
  const post = 'POST /v3/directline/conversations/x/activities HTTP/1.1\r\nHost: x\r\n'
  await holdMany(200, post)
  const writing = setInterval(() => {
    for (const socket of open) socket.write('X-Slow: a\r\n')
  }, 1_000)
  expect(await aNewPersonIsHeard()).toBe(true)
  await expect.poll(() => open.size, { timeout: 30_000, interval: 250 }).toBe(0)
  clearInterval(writing)
}, 60_000)

test('sockets that say nothing, as many as there may be, keep nobody out', async () => {
  let heard = 0
  const asking = (async () => {
    for (let tries = 0; tries < 3; tries += 1) heard += (await aNewPersonIsHeard()) ? 1 : 0
  })()
  // Whoever has said nothing for ten seconds is let go, so of many that come slowly the first are gone by the end.
  await holdMany(SOCKETS)
  expect(open.size).toBeGreaterThan(0)
  await asking
  expect(heard).toBe(3)
  expect(await aNewPersonIsHeard()).toBe(true)
  if (process.env.SOCKETS)
    process.stdout.write(`${SOCKETS} opened, ${open.size} of them still open, ${heard} of 3 heard meanwhile\n`)
  expect((await call(`${service.address}/readyz`)).status).toBe(200)
}, 300_000)

test('with every descriptor taken who is inside is still heard, nothing breaks, and then the door is open again', async () => {
  const inside = await visit(service.address)
  await inside.say('hello')
  const used = Number(execFileSync('sh', ['-c', `ls /proc/${service.pid}/fd | wc -l`], { encoding: 'utf8' }))
  execFileSync('prlimit', ['--pid', String(service.pid), `--nofile=${used + 60}:20000`])
  await holdMany(200)
  // Her connection is kept alive, so it has its descriptor already.
  const answer = await inside.say('I want to kill myself').catch(() => [])
  expect(answer.length === 0 || answer.some((one) => said(one).kind === 'crisis')).toBe(true)
  for (const socket of open) socket.destroy()
  await expect.poll(aNewPersonIsHeard, { timeout: 20_000 }).toBe(true)
  execFileSync('prlimit', ['--pid', String(service.pid), '--nofile=20000:20000'])
  expect(await inside.activities()).not.toEqual([])
}, 60_000)

test('a stream takes no long speech, and no more than four at once', async () => {
  const visitor = await visit(service.address)
  const streams = Array.from({ length: 6 }, () => new WebSocket(visitor.streamUrl))
  const closed = streams.map((stream) => new Promise<number>((resolve) => stream.once('close', resolve)))
  for (const stream of streams) stream.on('error', () => undefined)
  expect(await Promise.race([...closed, closed[0]])).toBe(1000)
  const last = streams.at(-1) as WebSocket
  if (last.readyState !== WebSocket.OPEN) await new Promise((resolve) => last.once('open', resolve))
  last.send('x'.repeat(100_000))
  expect(await closed.at(-1)).toBeGreaterThan(1_000)
  for (const stream of streams) stream.terminate()
})

test('streams whose closing is never answered do not keep the places of others', async () => {
  const visitor = await visit(service.address)
  const { pathname, search } = new URL(visitor.streamUrl)
  const asking = `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`
  const closing = Array.from({ length: 12 }, async () => {
    const socket = await hold()
    const heard = new Promise<boolean>((resolve) =>
      socket.on('data', (bytes) => bytes.includes('collision') && resolve(true)),
    )
    socket.write(asking)
    return heard
  })
  let told = 0
  for (const one of closing) void one.then((heard) => (told += Number(heard)))
  await expect.poll(() => told, PATIENT).toBe(8)
})

test('photos that are begun and never end take few places, and give them back', async () => {
  const [other, ...visitors] = await Promise.all(Array.from({ length: 6 }, () => visit(service.address)))
  const upload = async ({ conversation, token }: Visitor): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' }
    const address = `${service.address}/v3/directline/conversations/${conversation}/upload`
    return (await fetch(address, { method: 'POST', headers, body: 'no photo' })).status
  }
  const begin = ({ conversation, token }: Visitor): Promise<Socket> =>
    hold(
      `POST /v3/directline/conversations/${conversation}/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: image/jpeg\r\nContent-Length: 20000000\r\n\r\nx`,
    )
  // An upload that asks may have the place that one of the others was to take: then that one is begun again.
  const fill = (asking: Visitor, ...filling: Visitor[]) =>
    expect.poll(async () => {
      await Promise.all(filling.flatMap((one) => [begin(one), begin(one)]))
      return await upload(asking)
    }, PATIENT)
  expect(await upload(other as Visitor)).toBe(415)
  await fill(visitors[0] as Visitor, visitors[0] as Visitor).toBe(429)
  expect(await upload(other as Visitor)).toBe(415)
  await fill(other as Visitor, ...visitors).toBe(429)
  for (const socket of open) socket.destroy()
  await expect.poll(() => upload(other as Visitor), PATIENT).toBe(415)
})
