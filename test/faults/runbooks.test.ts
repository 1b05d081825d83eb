/**
 * Runbooks of `docs/operate.md` done as they are written, on an installation of its own: what the doctor says, the
 * mend, and that everything is whole afterwards.
 */
import { mkdtempSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'
import { readConfig } from '../../bot/config.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { lookOver } from '../../bot/keeping/look-over.ts'
import { type Service, startService } from '../../bot/service.ts'
import { call, SECRET, type Visitor, visit } from '../bot/service-in-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'porchlight-runbooks-'))
const copies = mkdtempSync(join(tmpdir(), 'porchlight-runbook-copies-'))
const settings = { DATA_DIR: folder, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: SECRET, PORT: '0' }
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
const database = join(folder, 'porchlight.sqlite')

let service: Service | null = null
let visitor: Visitor

const start = async (): Promise<Service> => {
  service = await startService(readConfig({ ...settings, RATE_LIMIT_PER_MINUTE: '0' }))
  return service
}
const stop = async (): Promise<void> => {
  await service?.stop()
  service = null
}

/** A command as an operator gives it; what it printed is not for the test's own output. */
async function command(...words: string[]): Promise<number> {
  const quiet = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true))
  try {
    return await run(words)
  } finally {
    for (const one of quiet) one.mockRestore()
  }
}

async function problems(): Promise<string[]> {
  const found = (await lookOver(readConfig({ ...settings }))).filter(({ state }) => state === 'problem')
  return found.map(({ what, mend }) => `${what} → ${mend ?? ''}`).filter((one) => !one.startsWith('the widget'))
}

async function words(): Promise<string> {
  const { address } = service as Service
  const path = `${address}/v3/directline/conversations/${visitor.conversation}/activities`
  return JSON.stringify((await call(path, { bearer: visitor.token })).body)
}

beforeAll(async () => {
  const { house, address } = await start()
  await addStaff(house.store, { name: 'ana', role: 'admissions', programs: null }, 'a long passphrase')
  visitor = await visit(address)
  await visitor.say('i drink every night and want my mornings back')
  expect(await command('backup', join(copies, 'first'))).toBe(0)
  await stop()
  expect(await problems()).toEqual([])
})
afterAll(async () => {
  await stop()
  for (const one of [folder, copies]) rmSync(one, { recursive: true, force: true })
})

test('StoreDown, the database is corrupt: the doctor says so, restore brings back the last backup, the broken file stays beside it', async () => {
  const file = openSync(database, 'r+')
  for (let page = 1; page < 40; page += 1) writeSync(file, Buffer.alloc(4_096, page), 0, 4_096, page * 4_096)
  for (const more of ['-wal', '-shm']) rmSync(database + more, { force: true })
  expect((await problems()).join()).toMatch(/the store does not open.*StoreDown/)
  await expect(startService(readConfig({ ...settings }))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(await command('restore', join(copies, 'first'))).toBe(0)
  expect(readdirSync(folder).some((name) => name.includes('.replaced-'))).toBe(true)
  expect(await problems()).toEqual([])
  const again = await start()
  expect((await call(`${again.address}/readyz`)).status).toBe(200)
  expect(await words()).toContain('want my mornings back')
  await stop()
})

test('StoreDown, the key is gone: nothing is sealed under a new one, and with its own copy back all is readable', async () => {
  const [key, away] = [join(folder, 'deployment.key'), join(copies, 'deployment.key')]
  renameSync(key, away)
  expect((await problems()).join()).toMatch(/deployment key does not open.*put the key file back/)
  await expect(startService(readConfig({ ...settings }))).rejects.toThrow(/deployment.key is gone/)
  expect(readdirSync(folder)).not.toContain('deployment.key')
  renameSync(away, key)
  expect(await problems()).toEqual([])
  await start()
  expect(await words()).toContain('want my mornings back')
  await stop()
})

test('the trail was changed by hand: the doctor and audit verify name the entry, and keep doing so', async () => {
  const bent = new DatabaseSync(database)
  const { seq } = bent.prepare('SELECT min(seq) AS seq FROM audit').get() as { seq: number }
  const { actor } = bent.prepare('SELECT actor FROM audit WHERE seq = ?').get(seq) as { actor: string }
  const write = (name: string) => bent.prepare('UPDATE audit SET actor = ? WHERE seq = ?').run(name, seq)
  write('nobody')
  expect((await problems()).join()).toContain(`the audit trail is broken at entry ${seq}`)
  expect(await command('audit', 'verify')).toBe(1)
  write(actor)
  bent.close()
  expect(await problems()).toEqual([])
  expect(await command('audit', 'verify')).toBe(0)
})

test('somebody leaves: her sessions end at once, while the service runs', async () => {
  const { address } = await start()
  const body = { name: 'ana', password: 'a long passphrase' }
  const signed = await call(`${address}/desk/api/session`, { body })
  const cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] as string
  expect((await call(`${address}/desk/api/leads`, { headers: { cookie } })).status).toBe(200)
  expect(await command('staff', 'disable', 'ana')).toBe(0)
  expect((await call(`${address}/desk/api/leads`, { headers: { cookie } })).status).toBe(401)
  expect((await call(`${address}/desk/api/session`, { body })).status).toBe(401)
  await stop()
})
