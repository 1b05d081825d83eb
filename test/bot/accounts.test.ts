/**
 * Staff accounts: second factor, sessions, lockout, break-glass, sign-in by OpenID Connect, and the trail's chain.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../../bot/console/second-factor.ts'
import { chain } from '../../bot/keeping/audit-chain.ts'
import { verifyAudit } from '../../bot/keeping/audit-walk.ts'
import { PASSWORD, TestDesk } from './desk-in-test.ts'
import { browse, openProvider, type ProviderInTest } from './open-id-provider.ts'
import { type Answer, call } from './service-in-test.ts'

const CALLBACK = 'https://desk.example/desk/api/open-id/callback'
let provider: ProviderInTest
let desk: TestDesk
beforeAll(async () => {
  provider = await openProvider({ id: 'porchlight', secret: 'secret-of-the-client', redirectUri: CALLBACK })
  desk = await TestDesk.open({
    PUBLIC_URL: 'https://desk.example',
    OPENID_ISSUER: provider.issuer,
    OPENID_CLIENT_ID: 'porchlight',
    OPENID_CLIENT_SECRET: 'secret-of-the-client',
    OPENID_MAX_AGE_HOURS: '12',
  })
})
afterAll(async () => {
  await desk.close()
  provider.close()
})

const signIn = (name: string, code?: string, cookie = '') =>
  call(`${desk.api}/session`, {
    body: { name, password: 'a long passphrase', ...(code && { code }) },
    headers: { cookie },
  })

/** Whoever has the cookie of this answer. */
function personOf(answer: Answer) {
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  const person = (path: string, init: { method?: string; body?: unknown } = {}) =>
    call(`${desk.api}/${path}`, { ...init, headers: { cookie } })
  return Object.assign(person, { cookie })
}

function codeNow(secret: string, steps = 0): string {
  return codeOf(secret, new Date(desk.service.house.clock.now().getTime() + steps * 30_000))
}

test('codes are those of RFC 6238', () => {
  const secret = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'
  const codes = [59, 1_111_111_109, 1_234_567_890, 2_000_000_000].map((second) =>
    codeOf(secret, new Date(second * 1_000)),
  )
  expect(codes).toEqual(['287082', '081804', '005924', '279037'])
})

test('once set up, a code is asked; each counts once and for a minute at most, recovery codes work once, and it goes off by a code only', async () => {
  let ana = await desk.as('ana')
  const { secret, uri } = (await ana('second-factor', { body: { password: PASSWORD } })).body as unknown as {
    secret: string
    uri: string
  }
  expect(uri).toContain(`secret=${secret}`)
  expect((await signIn('ana')).status).toBe(200)
  expect((await ana('second-factor/confirm', { body: { code: '000000' } })).body.error.code).toBe('SIGN_IN_FAILED')
  const confirmed = (await ana('second-factor/confirm', { body: { code: codeNow(secret) } })).body as unknown as {
    recoveryCodes: string[]
  }
  expect(confirmed.recoveryCodes).toHaveLength(10)
  for (const one of confirmed.recoveryCodes) expect(one).toMatch(/^[a-z2-7]{24}$/)
  expect((await signIn('ana')).body.error.code).toBe('SECOND_FACTOR_REQUIRED')
  expect((await signIn('ana', codeNow(secret))).body.error.code).toBe('SIGN_IN_FAILED')
  await desk.pass(1)
  for (const steps of [1, -2]) expect((await signIn('ana', codeNow(secret, steps))).status).toBe(401)
  const code = codeNow(secret, -1)
  expect((await signIn('ana', code)).status).toBe(200)
  expect((await signIn('ana', code)).body.error.code).toBe('SIGN_IN_FAILED')
  const [first = '', second = ''] = confirmed.recoveryCodes
  ana = personOf(await signIn('ana', first))
  expect((await ana('session')).status).toBe(200)
  expect((await signIn('ana', first)).status).toBe(401)
  const off = (password: string, code: string) => ana('second-factor', { method: 'DELETE', body: { password, code } })
  expect((await off(PASSWORD, '123456')).status).toBe(401)
  expect((await off('not the passphrase', second)).status).toBe(401)
  expect((await ana('second-factor', { method: 'DELETE', body: { code: second } })).status).toBe(400)
  expect((await off(PASSWORD, second)).status).toBe(204)
  expect((await signIn('ana')).status).toBe(200)
})

test('a second factor is set up and removed with the password, and ends every other session each time', async () => {
  const [here, there] = [await desk.as('chris'), await desk.as('chris')]
  expect((await here('second-factor', { method: 'POST' })).status).toBe(400)
  expect((await here('second-factor', { body: { password: 'not the passphrase' } })).status).toBe(401)
  const { secret } = (await here('second-factor', { body: { password: PASSWORD } })).body as unknown as {
    secret: string
  }
  const on = await here('second-factor/confirm', { body: { code: codeNow(secret) } })
  const now = personOf(on)
  expect([(await here('session')).status, (await there('session')).status]).toEqual([401, 401])
  expect((await now('session')).body).toMatchObject({ name: 'chris', secondFactor: true })
  await desk.pass(1)
  const elsewhere = personOf(await signIn('chris', codeNow(secret)))
  await desk.pass(1)
  const off = await now('second-factor', { method: 'DELETE', body: { password: PASSWORD, code: codeNow(secret) } })
  expect(off.status).toBe(204)
  expect([(await now('session')).status, (await elsewhere('session')).status]).toEqual([401, 401])
  expect((await personOf(off)('session')).body).toMatchObject({ secondFactor: false })
})

test('signing in leaves the session that the browser came with, and never takes its value over', async () => {
  const before = (await signIn('chris')).headers.get('set-cookie')?.split(';')[0] ?? ''
  const after = (await signIn('chris', undefined, before)).headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(after).not.toBe(before)
  expect((await call(`${desk.api}/leads`, { headers: { cookie: before } })).status).toBe(401)
  const planted = `porchlight-desk=${'A'.repeat(43)}`
  expect((await signIn('chris', undefined, planted)).headers.get('set-cookie')).not.toContain('A'.repeat(43))
  expect((await call(`${desk.api}/leads`, { headers: { cookie: planted } })).status).toBe(401)
})

test('a lead of another program opens by break-glass only, with a reason, for an hour, in the trail', async () => {
  const { lead } = await desk.leadInDanger()
  const [ben, chris] = [await desk.as('ben'), await desk.as('chris')]
  expect((await ben(`leads/${lead.id}`)).body.error.code).toBe('LEAD_NOT_FOUND')
  expect((await ben('break-glass', { body: { lead: lead.id } })).status).toBe(400)
  expect((await ben('break-glass', { body: { lead: lead.id, reason: 'danger-to-life' } })).status).toBe(200)
  expect((await ben(`leads/${lead.id}`)).body.glassUntil).toMatch(/^2026-11-23T16:0/)
  expect((await ben('leads')).body.leads).toEqual([])
  const { events } = (await chris('audit/notable')).body
  expect(events).toMatchObject([{ event: 'glass.broken', actor: 'ben', detail: { reason: 'danger-to-life' } }])
  expect((await ben('audit/notable')).body.error.code).toBe('NOT_PERMITTED')
  const trail = await desk.service.house.store.auditTrail(50, null)
  expect(trail.find((one) => one.event === 'glass.broken')).toMatchObject({
    actor: 'ben',
    lead: lead.id,
    detail: { reason: 'danger-to-life' },
  })
  await desk.pass(45)
  await ben('session')
  await desk.pass(16)
  expect((await ben(`leads/${lead.id}`)).body.error.code).toBe('LEAD_NOT_FOUND')
})

test('a lock is in the trail under the name that it is for, heard by admins, and said once to its owner', async () => {
  const [ana, chris] = [await desk.as('ana'), await desk.as('chris')]
  const [admission, admin] = [await desk.listen(ana), await desk.listen(chris)]
  for (let count = 0; count < 6; count += 1) await desk.signIn('ben', 'not the passphrase')
  expect((await desk.signIn('ben')).body.error.code).toBe('SIGN_IN_LOCKED')
  const trail = await desk.service.house.store.auditTrail(20, null)
  expect(trail.find((one) => one.event === 'staff.locked')).toMatchObject({ actor: 'ben' })
  await expect.poll(() => admin.text()).toContain('account-locked')
  expect(admission.text()).not.toContain('account-locked')
  const { events } = (await chris('audit/notable')).body
  expect((events as unknown[])[0]).toMatchObject({ event: 'staff.locked', actor: 'ben' })
  await desk.pass(61)
  expect((await desk.signIn('ben')).body.lockedAt).toMatch(/^2026-11-2/)
  expect((await desk.signIn('ben')).body.lockedAt).toBeNull()
  for (const heard of [admission, admin]) heard.stop()
})

/** Signs in at the provider and comes back, as a browser does, to our own address in the end. */
async function openIdSession(subject: string, change: (url: URL) => URL = (url) => url) {
  provider.subject = subject
  const cookies = new Map<string, string>()
  const back = await browse(`${desk.api}/open-id/start`, cookies, (url) => url.href.startsWith(CALLBACK))
  const ours = change(new URL(`${desk.api}/open-id/callback${back.search}`))
  const end = await browse(ours.href, cookies, (url) => url.pathname === '/desk')
  return {
    end: `${end.pathname}${end.search}`,
    ours,
    cookies,
    cookie: `porchlight-desk=${cookies.get('porchlight-desk') ?? ''}`,
  }
}

test('who is linked signs in by OpenID Connect; who is not, or comes with a foreign state, does not', async () => {
  const { store } = desk.service.house
  const chris = await store.staff('chris')
  if (!chris) throw new Error('no account')
  await store.putStaff({ ...chris, openId: `${provider.issuer} subject-of-chris` })
  const session = await openIdSession('subject-of-chris')
  expect(session.end).toBe('/desk')
  const { body } = await call(`${desk.api}/session`, { headers: { cookie: session.cookie } })
  expect(body).toMatchObject({ name: 'chris', role: 'admin' })
  expect((await openIdSession('a stranger')).end).toBe('/desk?sign-in=refused')
  const forged = await openIdSession('subject-of-chris', (url) => {
    url.searchParams.set('state', 'somebody else')
    return url
  })
  expect(forged.end).toBe('/desk?sign-in=refused')
  const replayed = await browse(session.ours.href, new Map(), (url) => url.pathname === '/desk')
  expect(replayed.search).toBe('?sign-in=refused')
})

test('the trail is whole; an entry that was changed or taken out is found, and it can be taken out by an admin', async () => {
  const { store } = desk.service.house
  expect(await verifyAudit(store)).toMatchObject({ type: 'whole' })
  const entries = await store.auditTrail(500, null)
  const of = (rows: typeof entries) => ({ record: store.record, auditTrail: async () => rows })
  const changed = entries.map((one, index) => (index === 3 ? { ...one, actor: 'somebody' } : one))
  expect(await verifyAudit(of(changed))).toEqual({ type: 'broken', seq: entries[3]?.seq, why: 'changed' })
  const cut = entries.filter((_, index) => index !== 3)
  expect(await verifyAudit(of(cut))).toEqual({ type: 'broken', seq: entries[2]?.seq, why: 'missing-before' })
  const last = entries.at(-1)
  expect(last && chain('', last)).toBe(last?.hash)
  const [ana, chris] = [await desk.as('ana'), await desk.as('chris')]
  expect((await ana('audit/export')).status).toBe(403)
  expect((await chris('audit/verify')).body).toMatchObject({ type: 'whole' })
  const lines = (
    await fetch(`${desk.api}/audit/export`, { headers: { cookie: chris.cookie } }).then((one) => one.text())
  )
    .trim()
    .split('\n')
  expect(lines.length).toBeGreaterThan(entries.length)
})
