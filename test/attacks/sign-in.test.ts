/**
 * Attacks on the desk's sign-in: learning who has an account from what an answer costs, trying one password on many names.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setPassword } from '../../bot/console/change-password.ts'
import { isGuessable } from '../../bot/console/passwords.ts'
import { disableStaff } from '../../bot/console/staff-accounts.ts'
import { PASSWORD, TestDesk } from '../bot/desk-in-test.ts'
import { call } from '../bot/service-in-test.ts'

/** How hard each password was worked on, in the order of the tries. */
const work = vi.hoisted((): string[] => [])
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const argon2 = (...given: Parameters<typeof real.argon2>) => {
    const { memory, passes, parallelism, tagLength } = given[1]
    work.push(`${given[0]} ${memory} ${passes} ${parallelism} ${tagLength}`)
    return real.argon2(...given)
  }
  return { ...real, argon2 }
})

let desk: TestDesk
beforeAll(async () => {
  desk = await TestDesk.open()
})
afterAll(() => desk.close())

test('a name that nobody has costs as much as one that somebody has, and is answered in the same words', async () => {
  await disableStaff(desk.service.house.store, 'ben')
  work.length = 0
  const answers = []
  for (const [name, password] of [
    ['ana', 'not her password'],
    ['nobody-has-this', 'not her password'],
    ['ben', PASSWORD],
    ['__proto__', 'not her password'],
    ['constructor', 'not her password'],
  ] as const)
    answers.push(await desk.signIn(name, password))
  expect(new Set(work).size).toBe(1)
  expect(work).toHaveLength(answers.length)
  const [first, ...others] = answers
  for (const other of others) {
    expect([other.status, other.body]).toEqual([first?.status, first?.body])
    expect(other.headers.get('set-cookie')).toBeNull()
  }
})

test('a password that is tried first is not taken; a phrase is', () => {
  const bad = [
    'aaaaaaaaaaaa',
    'Porchlight2026',
    'password1234',
    'dana.dana.dana',
    'qwertyuiop12',
    'abcdefghijkl',
    '123456789012',
    'Welcome2026!',
    '1q2w3e4r5t6y',
  ]
  expect(bad.filter((one) => !isGuessable(one, 'dana'))).toEqual([])
  const good = [
    'a long passphrase',
    'correct horse battery',
    'lanternfish under 9 bridges',
    'T7#kq!vR2m@z',
    'mi perro come peras',
  ]
  expect(good.filter((one) => isGuessable(one, 'dana'))).toEqual([])
})

test('a password is changed by the present one only, as often as it may be tried, and every other session ends', async () => {
  await desk.pass(120)
  const [here, elsewhere] = [await desk.as('chris'), await desk.as('chris')]
  const change = (current: string, next: string) => here('password', { body: { current, next } })
  expect((await change('not the present one', 'lanternfish under bridges')).body.error.code).toBe('SIGN_IN_FAILED')
  expect((await change(PASSWORD, 'short')).body.error.code).toBe('REQUEST_INVALID')
  expect((await change(PASSWORD, 'porchlight1234')).body.error.code).toBe('REQUEST_INVALID')
  const changed = await change(PASSWORD, 'lanternfish under bridges')
  expect(changed.status).toBe(204)
  for (const old of [here, elsewhere]) expect((await old('session')).status).toBe(401)
  const cookie = (changed.headers.get('set-cookie') ?? '').split(';')[0] as string
  expect((await here('session', { headers: { cookie } })).status).toBe(200)
  expect((await desk.signIn('chris')).status).toBe(401)
  expect((await desk.signIn('chris', 'lanternfish under bridges')).status).toBe(200)
})

test('one password tried on many names from one network runs into a wait, and the trail counts the tries', async () => {
  const codes = []
  for (let count = 0; count < 40; count += 1) codes.push((await desk.signIn(`name-${count}`, 'Spring2026!!')).status)
  expect(codes).toContain(429)
  const trail = await desk.service.house.store.auditTrail(1_000, null)
  expect(trail.filter(({ event }) => event === 'staff.sign-in-failed').length).toBeGreaterThan(5)
  // One entry for all the refusals of a minute: nobody fills the trail from outside.
  expect(trail.filter(({ event }) => event === 'staff.locked').length).toBe(1)
  // What was tried as a name may be a password: it stands nowhere.
  expect(JSON.stringify(trail)).not.toMatch(/name-\d|Spring2026/)
})

test('an account that is disabled while its owner changes her password, or her factor, stays disabled', async () => {
  const { store } = desk.service.house
  const changing = setPassword(store, { name: 'ana', password: 'a wholly new passphrase of hers' })
  await disableStaff(store, 'ana')
  await changing
  expect(await store.staff('ana')).toMatchObject({ disabled: true })
})

test('whoever fails on purpose under a name makes strangers wait for it, and not her at her own browser', async () => {
  await desk.pass(120)
  const signed = await desk.signIn('chris', 'lanternfish under bridges')
  const known = signed.headers.getSetCookie().find((line) => line.startsWith('porchlight-known-'))
  expect(known).toMatch(/HttpOnly; SameSite=Strict$/)
  const at = (cookie: string, password: string) =>
    call(`${desk.api}/session`, { headers: { cookie }, body: { name: 'chris', password } })
  const cookie = known?.split(';')[0] ?? ''
  for (let count = 0; count < 6; count += 1) await at('', 'a guess of a stranger')
  expect((await at('', 'lanternfish under bridges')).body.error.code).toBe('SIGN_IN_LOCKED')
  expect((await at(cookie, 'lanternfish under bridges')).status).toBe(200)
  // Neither a cookie that was made up nor one for another name is of use, and a stolen one has its own five tries.
  for (const other of [
    cookie.replace(/=./, '=_'),
    cookie.replace(/=.*/, '=AAAA'),
    cookie.replace(/known-\w+/, 'known-0000000000000000'),
  ])
    expect((await at(other, 'lanternfish under bridges')).body.error.code).toBe('SIGN_IN_LOCKED')
  for (let count = 0; count < 5; count += 1)
    expect((await at(cookie, 'a guess of a thief')).body.error.code).toBe('SIGN_IN_FAILED')
  expect((await at(cookie, 'lanternfish under bridges')).body.error.code).toBe('SIGN_IN_LOCKED')
})

test('in production every cookie is taken over TLS only, under a name that nobody can set without it', async () => {
  const secure = await TestDesk.open({ NODE_ENV: 'production', KEY: Buffer.alloc(32, 1).toString('base64') })
  const signed = await secure.signIn('ana')
  const cookies = signed.headers.getSetCookie()
  expect(cookies).toHaveLength(2)
  for (const line of cookies)
    expect(line).toMatch(/^__Host-porchlight-.*; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/)
  const [session = ''] = cookies.map((line) => line.split(';')[0] ?? '')
  const asks = (cookie: string) => call(`${secure.api}/session`, { headers: { cookie } })
  expect((await asks(session)).status).toBe(200)
  expect((await asks(session.replace('__Host-', ''))).status).toBe(401)
  await secure.close()
})
