/**
 * Who may open what is kept: the account of the service, and nobody else on the machine.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'
import { readConfig } from '../../bot/config.ts'
import { lookOver } from '../../bot/keeping/look-over.ts'
import { type Service, startService } from '../../bot/service.ts'
import { SECRET, type Visitor, visit, world } from './service-in-test.ts'

const base = mkdtempSync(join(tmpdir(), 'porchlight-private-'))
const folder = join(base, 'data')
const settings = { DATA_DIR: folder, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: SECRET, PORT: '0' }
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)

let service: Service
let visitor: Visitor
// A shell gives away what a file does not refuse.
const usual = process.umask(0o000)

beforeAll(async () => {
  service = await startService(readConfig({ ...settings, RATE_LIMIT_PER_MINUTE: '0' }), { world })
  visitor = await visit(service.address)
  await visitor.say('my words are marked lanternfish')
})
afterAll(async () => {
  await service.stop()
  process.umask(usual)
  rmSync(base, { recursive: true, force: true })
})

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** What an operator is told, and how the command ended. */
async function command(...words: string[]): Promise<{ code: number; told: string }> {
  let told = ''
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      told += String(chunk)
      return true
    }),
  )
  try {
    return { code: await run(words), told }
  } finally {
    for (const one of streams) one.mockRestore()
  }
}

const found = async () =>
  (await lookOver(readConfig(settings))).filter(({ what }) => what.includes('DATA_DIR') || what.includes('key file'))

test('the folder is 0700 and every file in it 0600, the log and the index of the database too', () => {
  expect(modeOf(folder)).toBe('700')
  const files = readdirSync(folder)
  expect(files).toEqual(expect.arrayContaining(['porchlight.sqlite', 'porchlight.sqlite-wal', 'porchlight.sqlite-shm']))
  for (const file of files) expect([file, modeOf(join(folder, file))]).toEqual([file, '600'])
})

test('a backup, its keys and an export are 0600, and an export takes no other file’s place', async () => {
  const copy = join(base, 'copy')
  expect((await command('backup', copy)).code).toBe(0)
  for (const file of [copy, join(base, 'porchlight.keys')]) expect(modeOf(file)).toBe('600')
  const out = join(base, 'export.txt')
  expect((await command('export', visitor.conversation, '--text', '--to', out)).told).not.toContain('lanternfish')
  expect(modeOf(out)).toBe('600')
  const again = await command('export', visitor.conversation, '--to', out)
  expect([again.code, again.told]).toEqual([2, expect.stringMatching(/REQUEST_INVALID.*name a new one/s)])
})

test('a backup into a folder that is not there says so and makes nothing', async () => {
  for (const file of [join(base, 'nowhere', 'copy'), join(base, 'export.txt', 'copy')]) {
    const { told } = await command('backup', file)
    expect(told).toMatch(/REQUEST_INVALID.*folder of the backup does not exist: make it/s)
    expect(told).not.toContain('STORE_UNAVAILABLE')
    expect(existsSync(file)).toBe(false)
  }
})

test('the doctor names what others may open, and is content once it is mended', async () => {
  expect((await found()).map(({ state }) => state)).toEqual(['ok', 'ok'])
  chmodSync(join(folder, 'porchlight.sqlite-wal'), 0o640)
  chmodSync(folder, 0o755)
  expect(await found()).toEqual([
    expect.objectContaining({ state: 'ok' }),
    expect.objectContaining({ state: 'problem', what: expect.stringContaining('porchlight.sqlite-wal') }),
    expect.objectContaining({ state: 'warning', mend: 'chmod 700' }),
  ])
  chmodSync(join(folder, 'porchlight.sqlite-wal'), 0o600)
  chmodSync(folder, 0o700)
  expect((await found()).map(({ state }) => state)).toEqual(['ok', 'ok'])
})
