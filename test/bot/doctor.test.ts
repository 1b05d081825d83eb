/**
 * The doctor on a good installation and on broken ones: each fault is named, with its mend, and nothing else is.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { lookOver } from '../../bot/keeping/look-over.ts'
import { runtime, space, widget } from '../../bot/keeping/surroundings.ts'
import { type Service, startService } from '../../bot/service.ts'
import { freePort, startRedis } from '../contracts/redis-server.ts'
import { SECRET } from './service-in-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'porchlight-doctor-'))
/** One program is enough to look at. */
const programs = join(folder, 'programs')
const settings = {
  DATA_DIR: folder,
  PROGRAMS_DIR: programs,
  LOG_LEVEL: 'silent',
  DIRECT_LINE_SECRET: SECRET,
  PORT: '0',
}
const aKey = (): string => randomBytes(32).toString('base64')

beforeAll(async () => {
  cpSync('knowledge/programs/inspira', join(programs, 'inspira'), { recursive: true })
  const { house, stop } = await startService(readConfig(settings))
  await addStaff(house.store, { name: 'ana', role: 'admissions', programs: null }, 'a long passphrase')
  const at = new Date().toISOString()
  await house.store.record({
    event: 'store.backed-up',
    at,
    actor: 'command',
    conversation: null,
    lead: null,
    detail: {},
  })
  await stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Problems and their mends, on these settings beside those of the good installation; the widget is built or not. */
async function problems(more: Record<string, string> = {}, now = new Date()): Promise<string[]> {
  const all = await lookOver(readConfig({ ...settings, ...more }), now)
  const grave = all.filter(({ state, what }) => state === 'problem' && !what.startsWith('the widget'))
  return grave.map(({ what, mend }) => `${what} → ${mend}`)
}

test('a good installation has no problem', async () => {
  expect(await problems()).toEqual([])
})

test('another key than the one that sealed the data', async () => {
  expect(await problems({ KEY: aKey() })).toEqual([expect.stringMatching(/^the deployment key does not open → .*key/)])
})

test('files that others may open', async () => {
  chmodSync(join(folder, 'porchlight.sqlite'), 0o644)
  chmodSync(join(folder, 'deployment.key'), 0o640)
  expect(await problems()).toEqual([
    'others on this machine can read the key file → chmod 600',
    expect.stringMatching(/^others on this machine can open .*porchlight\.sqlite.* → chmod 600/),
  ])
  for (const file of ['porchlight.sqlite', 'deployment.key']) chmodSync(join(folder, file), 0o600)
})

test('no Redis, and one that may lose what it acknowledged', async () => {
  const nobody = `redis://127.0.0.1:${await freePort()}`
  expect(await problems({ REDIS_URL: nobody, KEY: aKey() })).toEqual([
    expect.stringMatching(/^the store does not open → .*cannot be reached.*StoreDown/),
  ])
  const weak = await startRedis({ appendfsync: 'everysec' })
  expect(await problems({ REDIS_URL: weak.url, KEY: aKey() })).toEqual([
    expect.stringMatching(/^the store does not open → .*appendfsync always.*REDIS_ACCEPT_LOSS=appendfsync/),
  ])
  await weak.end()
})

test('a clock that is behind what was stored', async () => {
  const yesterday = new Date(Date.now() - 86_400_000)
  expect(await problems({}, yesterday)).toEqual([
    expect.stringMatching(/^the clock is 86\d{3} seconds off what was stored last → .*chronyc tracking/),
  ])
})

test('a disk that is full, or nearly', () => {
  const on = { redis: null, dataDir: folder }
  expect(space(on, () => 5_000_000)).toMatchObject([{ state: 'problem', mend: expect.stringContaining('make room') }])
  expect(space(on, () => 500_000_000)).toMatchObject([{ state: 'warning' }])
  expect(space(on)).toHaveLength(1)
})

test('an old Node, and a widget that was never built', () => {
  expect(runtime('22.19.0')).toMatchObject({ state: 'problem', mend: expect.stringContaining('Node 24') })
  expect(widget(folder)).toMatchObject({ state: 'problem', mend: 'npm run build' })
})

test('a port that another program has; the service itself on it is no fault, unless it is not ready', async () => {
  const other = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const taken = String((other.address() as AddressInfo).port)
  expect(await problems({ PORT: taken })).toEqual([
    expect.stringMatching(/^another program has port.*set another PORT/),
  ])
  other.close()
  const port = String(await freePort())
  const service: Service = await startService(readConfig({ ...settings, PORT: port }))
  expect(await problems({ PORT: port })).toEqual([])
  service.house.leaving.abort()
  expect(await problems({ PORT: port })).toEqual([expect.stringMatching(/is not ready → its fault stands at \/readyz/)])
  await service.stop()
})

test('settings that cannot be read, and files that they name', async () => {
  const file = join(folder, 'nonsense')
  writeFileSync(file, '{"inspira": [')
  expect(await problems({ CALENDARS: file })).toEqual([
    expect.stringMatching(/^CALENDARS cannot be read → .*JSON file/),
  ])
  expect(await problems({ TLS_CERT_FILE: file, TLS_KEY_FILE: file, PORT: '0' })).toEqual([
    expect.stringMatching(/^TLS_CERT_FILE holds no certificate/),
  ])
  expect(await problems({ PROGRAMS_DIR: join(folder, 'nowhere') })).toEqual([
    expect.stringMatching(/^PROGRAMS_DIR holds no program → name a folder/),
  ])
  expect(() => readConfig({ PORT: 'eighty' })).toThrow(/PORT must be a whole number/)
})

test('a register of hotlines that has run out', async () => {
  const later = new Date(Date.now() + 2 * 365 * 86_400_000)
  expect((await problems({}, later)).join()).toMatch(/\d+ mistakes in scripts, facts or hotlines → porchlight check/)
})
