/**
 * Where one is signed in: seen by oneself, ended with the password, of nobody else.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceOf, type OwnSession } from '../../bot/console/own-sessions.ts'
import { PASSWORD, type Person, TestDesk } from './desk-in-test.ts'
import { call } from './service-in-test.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const EDGE = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1'
let desk: TestDesk
beforeAll(async () => {
  desk = await TestDesk.open()
})
afterAll(() => desk.close())

async function from(name: string, agent: string): Promise<Person> {
  const headers = { 'user-agent': agent }
  const answer = await call(`${desk.api}/session`, { body: { name, password: PASSWORD }, headers })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  const person: (path: string, init?: { method?: string; body?: unknown }) => ReturnType<typeof call> = (path, init) =>
    call(`${desk.api}/${path}`, { ...init, headers: { cookie } })
  return Object.assign(person, { cookie })
}

const listOf = async (person: Person) => (await person('sessions')).body.sessions as OwnSession[]
const end = (person: Person, session: string | null, password = PASSWORD) =>
  person('sessions/end', { body: { password, session } })

test('each of one’s sessions is listed with its device, since when and when it was last seen; nobody else’s is', async () => {
  const office = await from('ana', FIREFOX)
  await from('ben', EDGE)
  await desk.pass(10)
  const phone = await from('ana', IPHONE)
  await desk.pass(5)
  expect(await listOf(phone)).toMatchObject([
    {
      device: 'Safari on an iPhone',
      startedAt: '2026-11-23T15:10:00.000Z',
      seenAt: '2026-11-23T15:15:00.000Z',
      isThis: true,
    },
    {
      device: 'Firefox on Windows',
      startedAt: '2026-11-23T15:00:00.000Z',
      seenAt: '2026-11-23T15:00:00.000Z',
      isThis: false,
    },
  ])
  await office('session')
  expect((await listOf(phone)).map(({ seenAt }) => seenAt)).toEqual(Array(2).fill('2026-11-23T15:15:00.000Z'))
  const kept = JSON.stringify(await desk.service.house.store.sessionsOf('ana'))
  expect(kept).not.toContain('Mozilla')
  // A session lapses after an hour without use.
  await desk.pass(61)
  const back = await from('ana', EDGE)
  expect((await listOf(back)).map(({ device }) => device)).toEqual(['Edge on a Mac'])
})

test('one is ended, or all others, with the password; then they open nothing and this one goes on', async () => {
  const [here, office, phone] = [await from('chris', EDGE), await from('chris', FIREFOX), await from('chris', IPHONE)]
  const foreign = await from('ben', EDGE)
  const sessions = await listOf(here)
  const ofPhone = sessions.find(({ device }) => device.includes('iPhone'))?.id ?? ''
  const ofBen = (await listOf(foreign)).find(({ isThis }) => isThis)?.id ?? ''
  expect((await end(here, ofPhone, 'not the passphrase')).body.error.code).toBe('SIGN_IN_FAILED')
  expect((await here('sessions/end', { body: { session: ofPhone } })).status).toBe(400)
  expect((await phone('session')).status).toBe(200)
  expect((await end(here, ofPhone)).status).toBe(204)
  expect((await phone('session')).body.error.code).toBe('SIGNED_OUT')
  expect((await end(here, ofPhone)).body.error.code).toBe('NOT_FOUND')
  expect((await end(here, ofBen)).body.error.code).toBe('NOT_FOUND')
  expect((await office('session')).status).toBe(200)
  expect((await end(here, null)).status).toBe(204)
  expect([(await office('session')).status, (await here('session')).status]).toEqual([401, 200])
  expect((await foreign('session')).status).toBe(200)
  const trail = await desk.service.house.store.auditTrail(5, null)
  expect(trail.find(({ event }) => event === 'staff.sessions-ended')).toMatchObject({
    actor: 'chris',
    detail: { count: 1 },
  })
})

test('whoever holds a session cannot guess the password through it', async () => {
  const ben = await from('ben', EDGE)
  const tries = await Promise.all(Array.from({ length: 8 }, (_, at) => end(ben, null, `guess number ${at}`)))
  expect(tries.filter(({ body }) => body.error.code === 'SIGN_IN_LOCKED')).toHaveLength(3)
})

test('a device is a word of a closed list, whatever the browser says', () => {
  expect([FIREFOX, EDGE, IPHONE].map(deviceOf)).toEqual(['Firefox on Windows', 'Edge on a Mac', 'Safari on an iPhone'])
  for (const odd of [undefined, '', '<img src=x onerror=alert(1)>', 'x'.repeat(100_000)])
    expect(deviceOf(odd)).toBe('A program on a device of another kind')
})
