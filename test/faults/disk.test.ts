/**
 * A disk that is full, that cannot keep what was written, or that takes its time; and a process that stood still.
 *
 * Nothing is acknowledged that is not kept, `readyz` says what is true, danger has its card, and when the
 * disk is mended the same messages, sent again, are taken once.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, said, type Visitor, visit } from '../bot/service-in-test.ts'
import { type FailingDisk, hasCompiler, startOnFailingDisk } from './failing-disk.ts'

let disk: FailingDisk
let visitor: Visitor

beforeAll(async () => {
  if (!hasCompiler) return
  disk = await startOnFailingDisk()
  visitor = await visit(disk.service.address)
}, 60_000)

afterAll(async () => {
  if (!hasCompiler) return
  await disk.service.stop()
  rmSync(disk.folder, { recursive: true, force: true })
})

const ready = async (): Promise<number> => (await call(`${disk.service.address}/readyz`)).status
const post = (text: string, one = visitor) =>
  one.post({ type: 'message', text, channelData: { clientActivityID: text } })
const times = async (text: string): Promise<number> =>
  (await visitor.activities()).filter((activity) => activity.text === text).length

const onDisk = test.skipIf(!hasCompiler)

for (const fault of ['full', 'read-only', 'sync'] as const) {
  onDisk(`with a disk that fails (${fault}) nothing is acknowledged, and danger has its card`, async () => {
    disk.fail(fault)
    const words = `do you take aetna, ${fault}`
    const refused = await post(words)
    expect([refused.status, refused.body.error.code]).toEqual([503, 'STORE_UNAVAILABLE'])
    expect(await ready()).toBe(503)
    expect((await post(`I want to kill myself, ${fault}`)).status).toBe(503)
    const shown = await visitor.activities()
    expect(shown.some((activity) => activity.from.role === 'bot' && said(activity).kind === 'crisis')).toBe(true)
    disk.fail(null)
    expect(await ready()).toBe(200)
    expect((await post(words)).status).toBe(200)
    expect((await post(words)).status).toBe(200)
    expect(await times(words)).toBe(1)
  })
}

onDisk('on a slow disk every message waits for it, is kept, and is taken once', async () => {
  disk.fail('slow')
  const answers = await Promise.all(['one more thing', 'and another'].map((text) => post(text)))
  disk.fail(null)
  expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  expect([await times('one more thing'), await times('and another')]).toEqual([1, 1])
  // The runbook TurnsSlow: the time is seen to be spent in the commit, and the loop was free.
  const figures = (await call(`${disk.service.address}/metrics`)).body.text as string
  const seconds = (stage: string): number =>
    Number(new RegExp(`porchlight_stage_seconds_sum\\{stage="${stage}"\\} ([\\d.e+-]+)`).exec(figures)?.[1])
  expect(seconds('commit')).toBeGreaterThan(seconds('load') + seconds('decide'))
})

onDisk('a process that stood still for a while answers all that came meanwhile, once', async () => {
  process.kill(disk.service.pid, 'SIGSTOP')
  const waiting = Promise.all(['are you there', 'hello', 'are you there'].map((text) => post(text)))
  await new Promise((resolve) => setTimeout(resolve, 800))
  process.kill(disk.service.pid, 'SIGCONT')
  expect((await waiting).map((answer) => answer.status)).toEqual([200, 200, 200])
  expect([await times('are you there'), await times('hello')]).toEqual([1, 1])
  const other = await visit(disk.service.address)
  const [card] = await other.say('I took all my pills an hour ago')
  expect(said(card).kind).toBe('crisis')
})
