/**
 * Nothing a visitor writes is readable outside the chat: not in a log, a metric, an error or a file.
 *
 * The real service in a process of its own at its most talkative, fed marked words through every
 * door, then everything that it left behind is searched.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, visit } from '../bot/service-in-test.ts'
import { spawnService } from '../bot/spawned-service.ts'

const MARK = 'zq9canary'
const sentences = [
  `my name is ${MARK}1 and i want to kill myself`,
  `do you take ${MARK}2 insurance`,
  `call me at ${MARK}3@example.org`,
  `${MARK}4 ${'long '.repeat(900)}`,
]

test('marked words are found in no log, metric, error, title or file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-canary-'))
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'debug' })
  const visitor = await visit(service.address)
  for (const text of sentences) await visitor.say(text)
  const refusals = [
    await visitor.post({ type: 'message', text: `${MARK}5 ${'x'.repeat(9_000)}` }),
    await visitor.post({ type: `${MARK}6` }),
    await visitor.post({ type: 'message', text: { [MARK]: 1 } as never }),
    await call(`${service.address}/${MARK}7?q=${MARK}8`),
    await call(`${service.address}/programs/${MARK}9/token`, { method: 'POST' }),
  ]
  const metrics = JSON.stringify(await call(`${service.address}/metrics`))
  const title = readFileSync(`/proc/${service.pid}/cmdline`, 'utf8')
  await service.stop()
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  rmSync(folder, { recursive: true, force: true })
  const left = {
    output: service.output(),
    metrics,
    title,
    refusals: JSON.stringify(refusals.map((one) => one.body)),
    files: files.join(''),
  }
  expect(files.join('').length).toBeGreaterThan(10_000)
  for (const [where, text] of Object.entries(left))
    expect(text.includes(MARK), `${where} holds a visitor's words`).toBe(false)
})
