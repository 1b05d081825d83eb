/**
 * Backup, restore, a new key, a person's copy and erasing, as an operator does them while the service runs.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../../bot/console/second-factor.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { call, SECRET, visit } from './service-in-test.ts'
import { type SpawnedService, spawnService } from './spawned-service.ts'

const PASSWORD = 'a long way to the sea'
let folder: string
let copies: string
let service: SpawnedService
let settings: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-keeping-'))
  copies = await mkdtemp(join(tmpdir(), 'porchlight-copies-'))
  settings = { DATA_DIR: folder, LOG_LEVEL: 'silent', DIRECT_LINE_SECRET: SECRET }
  service = await spawnService(settings)
})

afterAll(async () => {
  await service.stop()
  for (const one of [folder, copies]) rmSync(one, { recursive: true, force: true })
})

test('a copy of everything is given as data and to read, and the look is written down', async () => {
  const visitor = await visit(service.address)
  await visitor.say('my words are marked lanternfish')
  const data = await porchlight('export', visitor.conversation)
  expect(JSON.parse(data.printed)).toMatchObject({ conversation: visitor.conversation, program: 'inspira' })
  const text = await porchlight('export', visitor.conversation, '--text')
  expect(text.printed).toContain('You: my words are marked lanternfish')
  expect((await porchlight('export', 'nobody')).code).toBe(1)
  const trail = new DatabaseSync(join(folder, 'porchlight.sqlite'), { readOnly: true })
  const looks = trail.prepare("SELECT count(*) AS count FROM audit WHERE event = 'conversation.exported'").get()
  trail.close()
  expect(looks?.count).toBe(2)
})

test('the key is changed while people talk: nobody notices, and the former key opens nothing', async () => {
  const former = readFileSync(join(folder, 'deployment.key'), 'utf8')
  const visitor = await visit(service.address)
  await visitor.say('before the change')
  const secret = await withSecondFactor('dana')
  expect((await porchlight('backup', join(copies, 'former'))).code).toBe(0)
  const turning = porchlight('rotate-key')
  let sent = 0
  while ((await Promise.race([turning, later(100)])) === null) {
    await visitor.say(`during the change ${sent}`)
    await visit(service.address)
    sent += 1
  }
  expect((await turning).code).toBe(0)
  expect(readFileSync(join(folder, 'deployment.key'), 'utf8').trim().split('\n')).toHaveLength(1)
  await visitor.say('after the change')
  expect((await signIn({ name: 'dana', password: PASSWORD, code: '000000' })).status).toBe(401)
  await service.kill()
  const restored = await porchlight('restore', join(copies, 'former'))
  expect([restored.code, restored.errors]).toEqual([1, expect.stringContaining('of another deployment key')])
  service = await spawnService(settings)
  const goneOn = { type: 'message', text: 'after the restart' }
  const chat = `${service.address}/v3/directline/conversations/${visitor.conversation}/activities`
  expect((await call(chat, { bearer: visitor.token, body: goneOn })).status).toBe(200)
  expect(await wordsOf(visitor.conversation)).toHaveLength(sent + 3)
  expect((await signIn({ name: 'dana', password: PASSWORD, code: codeOf(secret, new Date()) })).status).toBe(200)
  const old = await porchlightWith({ ...settings, KEY: former.trim() }, 'export', visitor.conversation)
  expect(old.code).toBe(1)
  expect(old.errors).toContain('KEY_UNREADABLE')
})

test('what was erased is in no copy: neither its key nor, after a restore, its words', async () => {
  const [kept, gone] = [await visit(service.address), await visit(service.address)]
  await kept.say('these words stay')
  await gone.say('these words go')
  const wrapped = keyIn(join(folder, 'porchlight.sqlite'), gone.conversation)
  expect(found(folder, wrapped)).toBe(true)
  expect((await porchlight('backup', join(copies, 'first'))).code).toBe(0)
  expect(found(copies, Buffer.from(wrapped.toString('base64')))).toBe(true)
  await gone.post({ type: 'event', name: 'porchlight/erase' })
  expect((await porchlight('backup', join(copies, 'second'))).code).toBe(0)
  await expect.poll(() => found(folder, wrapped)).toBe(false)
  expect(found(copies, wrapped) || found(copies, Buffer.from(wrapped.toString('base64')))).toBe(false)

  expect((await porchlight('restore', join(copies, 'first'))).errors).toContain('stop the service')
  await service.stop()
  rmSync(join(folder, 'porchlight.sqlite'))
  const restored = await porchlight('restore', join(copies, 'first'))
  expect(restored.errors).toContain('1 stay erased')
  service = await spawnService(settings)
  expect(await wordsOf(kept.conversation)).toEqual(['these words stay'])
  expect((await activitiesOf(gone.conversation)).status).toBe(404)
})

test('what the log still held of somebody erased when the service was killed is gone after its next start', async () => {
  const gone = await visit(service.address)
  await gone.say('these words go too')
  const wrapped = keyIn(join(folder, 'porchlight.sqlite'), gone.conversation)
  // Somebody reads the log, so that it cannot be cut while the service lives.
  const reader = new DatabaseSync(join(folder, 'porchlight.sqlite'), { readOnly: true })
  reader.exec('BEGIN; SELECT count(*) FROM conversations')
  expect((await porchlight('erase', gone.conversation)).code).toBe(0)
  await service.kill()
  reader.close()
  service = await spawnService(settings)
  expect(found(folder, wrapped)).toBe(false)
})

test('a broken or keyless backup changes nothing and says so', async () => {
  const other = await mkdtemp(join(tmpdir(), 'porchlight-other-'))
  expect((await porchlight('restore', join(other, 'none'))).errors).toContain('porchlight.keys')
  expect((await porchlight('backup', join(copies, 'second'))).errors).toContain('name a new one')
  expect((await porchlight('restore', join(copies, 'porchlight.keys'))).errors).toMatch(
    /no whole backup|stop the service/,
  )
  rmSync(other, { recursive: true })
})

interface Outcome {
  readonly code: number
  readonly printed: string
  readonly errors: string
}

function porchlight(...args: string[]): Promise<Outcome> {
  return porchlightWith(settings, ...args)
}

async function porchlightWith(environment: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ['bot/cli.ts', ...args], { env: { PATH: '/usr/bin:/bin', ...environment } })
  let [printed, errors] = ['', '']
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = await once(child, 'close')
  return { code: code as number, printed, errors }
}

function atDesk(path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie }
  return fetch(`${service.address}/desk/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

const signIn = (given: object): Promise<Response> => atDesk('session', given)

/** @returns the secret of a new account's second factor; the code of this moment is unused. */
async function withSecondFactor(name: string): Promise<string> {
  const store = openSqliteStore(join(folder, 'porchlight.sqlite'))
  await addStaff(store, { name, role: 'admissions', programs: null }, PASSWORD)
  await store.close()
  const cookie = (await signIn({ name, password: PASSWORD })).headers.get('set-cookie')?.split(';')[0] ?? ''
  const { secret } = (await (await atDesk('second-factor', { password: PASSWORD }, cookie)).json()) as {
    secret: string
  }
  // The code before is good until the next one begins, which may be while it is asked.
  const before = () => codeOf(secret, new Date(Date.now() - 30_000))
  const confirm = async () => (await atDesk('second-factor/confirm', { code: before() }, cookie)).status
  await expect.poll(confirm, { timeout: 10_000 }).toBe(200)
  return secret
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms))
}

function activitiesOf(conversation: string) {
  return call(`${service.address}/v3/directline/conversations/${conversation}/activities`, { bearer: SECRET })
}

async function wordsOf(conversation: string): Promise<(string | undefined)[]> {
  const { activities } = (await activitiesOf(conversation)).body
  return activities.filter((one) => one.from.role === 'user').map((one) => one.text)
}

function keyIn(file: string, conversation: string): Buffer {
  const database = new DatabaseSync(file, { readOnly: true })
  const row = database.prepare('SELECT wrapped_key FROM conversations WHERE id = ?').get(conversation)
  database.close()
  return Buffer.from(row?.wrapped_key as Uint8Array)
}

/** Whether any file of the folder holds these bytes. */
function found(where: string, bytes: Buffer): boolean {
  return readdirSync(where).some((name) => readFileSync(join(where, name)).includes(bytes))
}
