/**
 * What may befall the process itself: little memory, an event loop that stands still, a key file that is gone.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { call, SECRET, said, type Visitor, visit } from '../bot/service-in-test.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'

let folder: string
let service: SpawnedService
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-machine-'))
})
afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(settings: Record<string, string> = {}): Promise<void> {
  service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: SECRET, ...settings })
}

const post = (visitor: Visitor, text: string) =>
  call(`${service.address}/v3/directline/conversations/${visitor.conversation}/activities`, {
    bearer: SECRET,
    body: { type: 'message', text, channelData: { clientActivityID: text } },
  })

async function wordsOf(visitor: Visitor): Promise<(string | undefined)[]> {
  const url = `${service.address}/v3/directline/conversations/${visitor.conversation}/activities`
  const { activities } = (await call(url, { bearer: SECRET })).body
  return activities.filter(({ from }) => from.role === 'user').map(({ text }) => text)
}

/** A client that is told to wait sends it again; anything else is a fault. */
async function untilTaken(visitor: Visitor, text: string): Promise<void> {
  const { status } = await post(visitor, text)
  expect([200, 429]).toContain(status)
  if (status === 429) await untilTaken(visitor, text)
}

async function dangerHasItsCard(): Promise<void> {
  const [card] = await (await visit(service.address)).say('I want to kill myself')
  expect(said(card).kind).toBe('crisis')
}

test('with little memory many talk, and nothing they were told was kept is missing', async () => {
  await start({ NODE_OPTIONS: '--max-old-space-size=128' })
  const visitors: Visitor[] = []
  for (let count = 0; count < 40; count += 10)
    visitors.push(...(await Promise.all(Array.from({ length: 10 }, () => visit(service.address)))))
  for (const text of ['one', `two ${'long '.repeat(1_000)}`])
    for (let at = 0; at < visitors.length; at += 10)
      await Promise.all(visitors.slice(at, at + 10).map((one) => untilTaken(one, text)))
  await dangerHasItsCard()
  const some = visitors.filter((_, index) => index % 8 === 0)
  for (const one of some) expect(await wordsOf(one)).toHaveLength(2)
}, 120_000)

test('an event loop that stood still for two seconds answers all that came meanwhile, once, and says how long it stood', async () => {
  const block = 'data:text/javascript,process.on("SIGUSR2",()=>{const until=Date.now()+2000;while(Date.now()<until);})'
  await start({ NODE_OPTIONS: `--import ${JSON.stringify(block)}` })
  const visitor = await visit(service.address)
  process.kill(service.pid, 'SIGUSR2')
  const answers = await Promise.all(['one', 'two', 'one'].map((text) => post(visitor, text)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await wordsOf(visitor)).toSorted()).toEqual(['one', 'two'])
  await dangerHasItsCard()
  const figures = (await call(`${service.address}/metrics`)).body.text as string
  expect(Number(/porchlight_nodejs_eventloop_lag_max_seconds ([\d.e+-]+)/.exec(figures)?.[1])).toBeGreaterThan(1)
}, 60_000)

test('a key file that is gone: who is inside goes on; a new start keeps nothing, says why, and is whole when it is back', async () => {
  await start()
  const visitor = await visit(service.address)
  expect((await post(visitor, 'one')).status).toBe(200)
  const key = join(folder, 'deployment.key')
  renameSync(key, `${key}.away`)
  expect((await post(visitor, 'two')).status).toBe(200)
  await dangerHasItsCard()
  await service.kill()
  await start()
  expect(service.output()).toContain('put the key file back')
  expect((await call(`${service.address}/readyz`)).status).toBe(503)
  expect((await post(visitor, 'I want to kill myself')).body.error.code).toBe('STORE_UNAVAILABLE')
  const url = `${service.address}/v3/directline/conversations/${visitor.conversation}/activities`
  const { activities } = (await call(url, { bearer: SECRET })).body
  expect(activities.map((one) => said(one).kind)).toContain('crisis')
  await service.kill()
  renameSync(`${key}.away`, key)
  await start()
  expect((await call(`${service.address}/readyz`)).status).toBe(200)
  expect(await wordsOf(visitor)).toEqual(['one', 'two'])
  await dangerHasItsCard()
}, 60_000)

test('whatever started it, the service leaves no core dump', async () => {
  const limit = (pid: number, ...more: string[]): string =>
    execFileSync('prlimit', ['--pid', String(pid), '--noheadings', '--output', 'SOFT', '--core', ...more], {
      encoding: 'utf8',
    }).trim()
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), '--core=unlimited:unlimited'], { stdio: 'ignore' })
  } catch {
    // Who may not raise it starts the service as it stands.
  }
  await start()
  await expect.poll(() => limit(service.pid)).toBe('0')
  await dangerHasItsCard()
})
