/**
 * `npm run bench:photos`: whether somebody who sends a photo of 5 MB slows everybody else.
 *
 * Forty visitors write twice a second each, in rounds with and without photos, one after the other; compared are their
 * answer times. The service may use every core, as it does in life. Two clocks: the wall's, in which the wait for a core
 * that others hold counts; and the processor time of the thread that runs the turns, from sending to answer, in which
 * only our own work counts: other turns, and what a photo makes that thread do.
 *
 * usage: node test/bench/photos.ts [file for the results] [rounds]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Visitor } from './load.ts'
import { startNode } from './server-process.ts'
import { type Started, start, talkers } from './visitors.ts'

const file = process.argv[2] ?? 'docs/bench/photos.json'
const VISITORS = 40
const PAUSE_MS = 500
const ROUND_MS = 8_000
const ROUNDS = Number(process.argv[3] ?? 4)
/** One photo every so often, each of a visitor of its own. */
const PHOTO_EVERY_MS = 2_000
const BYTES = 5_000_000
const PHOTOS_ALONE = 21

const toThePhoto = 'check my insurance|me|Aetna|ppo|my own|NJ|a person|Ana|phone|609 555 2368|yes|any|yes|no|yes'.split(
  '|',
)

interface Round {
  readonly photos: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly longestMs: number
  /** By the clock of the thread that runs the turns. */
  readonly thread: { readonly p50Ms: number; readonly p99Ms: number; readonly longestMs: number }
  readonly answered: number
  readonly failed: number
  /** From the first byte sent to the answer that it was taken. */
  readonly photoMs: readonly number[]
}

const folder = mkdtempSync(join(tmpdir(), 'porchlight-photos-'))
const settings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
const server = await startNode(['--import', './test/bench/loop-clock.js', 'bot/main.js'], settings)
const photo = await photoOf(BYTES)
const processorMs = await processorForOne()
process.stdout.write(`${JSON.stringify({ photoBytes: photo.length, processorMs })}\n`)
await round(0)
const rounds: Round[] = []
for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round(0), await round(ROUND_MS / PHOTO_EVERY_MS))
await server.stop()
rmSync(folder, { recursive: true, force: true })
const result = { at: new Date().toISOString(), node: process.version, photoBytes: photo.length, processorMs, rounds }
mkdirSync(join(file, '..'), { recursive: true })
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
for (const one of rounds) process.stdout.write(`${JSON.stringify(one)}\n`)

/** What a photo takes of the service's own process, in which everybody's turns run: not of the child that decodes it. */
async function processorForOne(): Promise<number> {
  const senders = await Promise.all(Array.from({ length: PHOTOS_ALONE }, () => atPhoto()))
  await upload(senders[0] as Started)
  const used = server.cpuMs()
  for (const sender of senders.slice(1)) await (await upload(sender)).arrayBuffer()
  return round1((server.cpuMs() - used) / (senders.length - 1))
}

async function round(photos: number): Promise<Round> {
  const visitors = await talkers(server.address, VISITORS)
  const senders = await Promise.all(Array.from({ length: photos }, () => atPhoto()))
  const times: number[] = []
  const threadTimes: number[] = []
  const photoMs: number[] = []
  let failed = 0
  const until = performance.now() + ROUND_MS
  const sending = senders.map(async (sender, index) => {
    await pause(index * PHOTO_EVERY_MS)
    const { ms, status } = await timed(() => upload(sender))
    photoMs.push(ms)
    if (status !== 200) failed += 1
  })
  const writing = visitors.map(async (next, index) => {
    await pause((index * PAUSE_MS) / VISITORS)
    while (performance.now() < until) {
      const { ms, status, threadMs } = await timed(() => post(next()))
      times.push(ms)
      threadTimes.push(threadMs)
      if (status !== 200) failed += 1
      await pause(PAUSE_MS)
    }
  })
  await Promise.all([...sending, ...writing])
  const thread = shares(threadTimes)
  return { photos, ...shares(times), thread, answered: times.length, failed, photoMs: photoMs.map(round1) }
}

function shares(times: number[]): Round['thread'] {
  times.sort((a, b) => a - b)
  const at = (share: number): number => round1(times[Math.floor(times.length * share)] ?? Number.NaN)
  return { p50Ms: at(0.5), p99Ms: at(0.99), longestMs: round1(times.at(-1) ?? Number.NaN) }
}

function round1(ms: number): number {
  return Math.round(ms * 10) / 10
}

async function atPhoto(): Promise<Started> {
  const one = await start(server.address)
  const url = `${server.address}/v3/directline/conversations/${one.conversationId}/activities`
  const headers = { authorization: `Bearer ${one.token}` }
  for (const text of toThePhoto) await post({ url, headers, body: JSON.stringify({ type: 'message', text }) })
  return one
}

function upload({ conversationId, token }: Started): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' }
  const url = `${server.address}/v3/directline/conversations/${conversationId}/upload?userId=x`
  return fetch(url, { method: 'POST', headers, body: new Uint8Array(photo) })
}

function post({ url, headers, body }: ReturnType<Visitor>): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body })
}

async function timed(call: () => Promise<Response>): Promise<{ ms: number; status: number; threadMs: number }> {
  const [begun, threadBegun] = [performance.now(), server.threadMs()]
  const response = await call()
  await response.arrayBuffer()
  const threadMs = Number(response.headers.get('x-thread-us')) / 1000 - threadBegun
  return { ms: performance.now() - begun, status: response.status, threadMs }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Noise does not compress: a picture of about so many bytes, as a phone's camera gives. */
async function photoOf(bytes: number): Promise<Buffer> {
  const [width, height] = [3_000, 2_000]
  const noise = {
    create: {
      width,
      height,
      channels: 3 as const,
      background: '#888',
      noise: { type: 'gaussian' as const, mean: 128, sigma: 30 },
    },
  }
  for (let quality = 95; quality > 20; quality -= 5) {
    const jpeg = await sharp(noise).jpeg({ quality }).toBuffer()
    if (jpeg.length <= bytes * 1.1) return jpeg
  }
  throw new Error('no photo of that size')
}
