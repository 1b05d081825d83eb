/**
 * Attacks on the desk: borrowed sessions, other programs' leads, other sites, guessed passwords, fields too many.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LeadRecord } from '../../bot/ports.ts'
import { PASSWORD, type Person, TestDesk } from '../bot/desk-in-test.ts'
import { call, type Visitor } from '../bot/service-in-test.ts'

let desk: TestDesk
let lead: LeadRecord
let visitor: Visitor

beforeAll(async () => {
  desk = await TestDesk.open()
  ;({ lead, visitor } = await desk.leadInDanger('inspira'))
})

afterAll(() => desk.close())

/** Every address about one lead: what a stranger's hand would try. */
const deeds: readonly { path: string; method: string; body?: unknown }[] = [
  { path: '', method: 'GET' },
  { path: '/fhir', method: 'GET' },
  { path: '/claim', method: 'POST' },
  { path: '/renew', method: 'POST', body: { fence: 1 } },
  { path: '/release', method: 'POST', body: { fence: 1 } },
  { path: '/close', method: 'POST', body: { fence: 1, disposition: 'reached', note: '' } },
  { path: '/messages', method: 'POST', body: { fence: 1, text: 'hello' } },
  { path: '/takeover', method: 'POST', body: { fence: 1 } },
  { path: '/hand-back', method: 'POST', body: { fence: 1 } },
  { path: '/revoke', method: 'POST', body: { fence: 1 } },
]

test('a lead of another program exists at none of its addresses, and looks like one that never was', async () => {
  const ben = await desk.as('ben')
  for (const { path, method, body } of deeds) {
    const strange = await ben(`leads/${lead.id}${path}`, { method, body })
    const none = await ben(`leads/lead_that-never-was${path}`, { method, body })
    expect([path, strange.status]).toEqual([path, 404])
    expect(strange.body.error).toEqual(none.body.error)
  }
  const rows = (await ben('leads')).body as unknown as { leads: unknown[] }
  expect(rows.leads).toEqual([])
  const trail = await desk.service.house.store.auditTrail(200, null)
  const refused = trail.filter(({ event, actor }) => event === 'staff.refused' && actor === 'ben')
  expect(refused).toHaveLength(2 * deeds.length)
  expect(refused[0]?.detail).toMatchObject({ code: 'LEAD_NOT_FOUND' })
})

test('without a session nothing of the desk answers, and a token of a visitor is no session', async () => {
  for (const { path, method, body } of deeds) {
    const bare = await call(`${desk.api}/leads/${lead.id}${path}`, { method, body })
    const borrowed = await call(`${desk.api}/leads/${lead.id}${path}`, { method, body, bearer: visitor.token })
    expect([path, bare.status, borrowed.status]).toEqual([path, 401, 401])
  }
  for (const path of ['unanswered', 'undelivered', 'figures', 'audit', 'events', 'session'])
    expect([path, (await call(`${desk.api}/${path}`)).status]).toEqual([path, 401])
})

test('another site moves nothing, with the cookie of somebody signed in', async () => {
  const ana = await desk.as('ana')
  const sites: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ]
  for (const headers of sites) {
    for (const { path, method, body } of deeds) {
      const { status, body: answer } = await ana(`leads/${lead.id}${path}`, { method, body, headers })
      expect([path, status, answer.error.code]).toEqual([path, 403, 'CROSS_SITE'])
    }
  }
  const form = await fetch(`${desk.api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ name: 'ana', password: PASSWORD }),
  })
  expect(form.status).toBe(400)
})

test('a session that somebody else chose is never taken over, and each sign-in has its own', async () => {
  const chosen = 'porchlight-desk=chosen-by-the-attacker'
  const answer = await call(`${desk.api}/session`, {
    body: { name: 'ana', password: PASSWORD },
    headers: { cookie: chosen },
  })
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).not.toContain('chosen-by-the-attacker')
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/i)
  expect((await call(`${desk.api}/session`, { headers: { cookie: chosen } })).status).toBe(401)
  const other = await desk.as('ana')
  expect(cookie.startsWith(other.cookie)).toBe(false)
})

test('fields that nobody asked for change nothing: no role, no program, no lead of one’s own making', async () => {
  const answer = await call(`${desk.api}/session`, {
    body: {
      name: 'ben',
      password: PASSWORD,
      role: 'admin',
      programs: null,
      disabled: false,
      __proto__: { role: 'admin' },
    },
  })
  expect(answer.body).toMatchObject({ role: 'admissions', programs: ['jagruti'] })
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/renew`, {
    method: 'POST',
    body: { fence, claimedBy: 'ben', acuity: 'routine', program: 'jagruti', until: '2099-01-01T00:00:00Z' },
  })
  const held = await desk.service.house.store.lead(lead.id)
  expect(held).toMatchObject({ claimedBy: 'ana', program: 'inspira', acuity: lead.acuity })
  expect(held?.claimedUntil?.startsWith('2099')).toBe(false)
  await ana(`leads/${lead.id}/release`, { method: 'POST', body: { fence } })
})

test('passwords are not guessed: a name waits after five, an address after many names', async () => {
  const codes: number[] = []
  for (let index = 0; index < 60; index += 1) codes.push((await desk.signIn(`guess-${index}`, 'Winter2026!')).status)
  expect(codes[0]).toBe(401)
  expect(codes).toContain(429)
  await desk.pass(60)
})

test.each(['ana\n', ' ana', 'ANA', "ana' OR '1'='1", 'ana%00', '../ana'])('the name %j is nobody', async (name) => {
  expect((await desk.signIn(name)).status).toBe(401)
  await desk.pass(60)
})

test('words of a visitor stay words: the desk’s answers are JSON that no browser takes for a page', async () => {
  const ana: Person = await desk.as('ana')
  const { visitor: writer, lead: written } = await desk.leadInDanger()
  await writer.say('<img src=x onerror=alert(1)>=cmd|calc')
  const answer = await ana(`leads/${written.id}`)
  expect(answer.headers.get('content-type')).toContain('application/json')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(JSON.stringify(answer.body)).toContain('onerror=alert(1)')
})
