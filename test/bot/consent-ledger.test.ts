/**
 * The ledger: exact words, one chain, three ways to end a permission, each in force at once.
 */
import { beforeEach, expect, test } from 'vitest'
import { isLedgerWhole } from '../../bot/outbox/consent-ledger.ts'
import { permit } from '../../bot/outbox/exits.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import { permissionPath } from '../../bot/outbox/permission-link.ts'
import type { LeadRecord, Notifier, StoredEffect } from '../../bot/ports.ts'
import { activeConsent, consentOf, missingElements, termsOf } from '../../flows/consents.ts'
import { type ConsentKind, Instant } from '../../flows/vocabulary.ts'
import { TestDesk } from './desk-in-test.ts'
import { fromCard, upToCard } from './insurance-talk.ts'
import { call, visit } from './service-in-test.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.open()
  return () => desk.close()
})

/** With a yes to being written to as well. */
const steps = [...upToCard.with(13, 'yes'), ...fromCard]

async function lead(upTo = steps.length, send = true) {
  const visitor = await visit(desk.service.address, 'sample-002')
  for (const text of steps.slice(0, upTo)) await visitor.say(text)
  if (send) await visitor.say('send')
  const { house } = desk.service
  const live = () => house.conversations.load(visitor.conversation).then((one) => one as NonNullable<typeof one>)
  return {
    visitor,
    house,
    live,
    at: house.clock.now().toISOString(),
    lead: (await house.store.leadOf(visitor.conversation)) as LeadRecord,
  }
}

test('a yes is kept with its exact words, version, language, scope and end, in one chain that shows any change', async () => {
  const { live, house } = await lead()
  const { state } = await live()
  expect(state.consents.map(({ kind, given }) => [kind, given])).toEqual([
    ['contact', true],
    ['texting', true],
    ['payer-disclosure', true],
  ])
  const payer = state.consents[2]
  expect(payer).toMatchObject({
    locale: 'en-US',
    subject: 'Ana',
    recipient: 'Aetna',
    purpose: termsOf['payer-disclosure'].purpose,
  })
  expect(payer?.text).toMatch(/^May .+ ask Aetna about your benefits\?/)
  expect(payer?.textVersion).toMatch(/^consent-payer@/)
  expect(Date.parse(payer?.expiresAt ?? '') - Date.parse(payer?.at ?? '')).toBe(365 * 86_400_000)
  expect(await isLedgerWhole(house, await live())).toBe(true)
  const changed = {
    ...(await live()),
    state: { ...state, consents: state.consents.map((one) => ({ ...one, purpose: 'marketing' })) },
  }
  expect(await isLedgerWhole(house, changed)).toBe(false)
  const without = { ...(await live()), state: { ...state, consents: state.consents.slice(1) } }
  expect(await isLedgerWhole(house, without)).toBe(false)
  const trail = await house.store.auditTrail(50, null)
  expect(trail.filter(({ event }) => event === 'consent.given')).toHaveLength(3)
  expect(JSON.stringify(trail)).not.toMatch(/Ana|Aetna|W123/)
})

test('a permission ends in the chat, by link and by staff, and each time nothing may leave from then on', async () => {
  const ways: ((one: Awaited<ReturnType<typeof lead>>) => Promise<unknown>)[] = [
    ({ visitor }) => visitor.say('I take back my permission'.replace('I take', 'take')),
    ({ house, visitor }) =>
      call(desk.service.address + permissionPath(house, visitor.conversation), { method: 'POST' }),
    async (one) => {
      const ana = await desk.as('ana')
      const fence = await desk.claim(ana, one.lead)
      return ana(`leads/${one.lead.id}/revoke`, { body: { fence, kind: 'all' } })
    },
  ]
  for (const [index, end] of ways.entries()) {
    const one = await lead()
    const asking = async () => ({ state: (await one.live()).state, at: one.at, recipient: 'Aetna' })
    expect(permit('ask-payer', await asking())).not.toBeNull()
    await end(one)
    expect(permit('ask-payer', await asking()), `way ${index}`).toBeNull()
    expect(permit('announce-lead', { state: (await one.live()).state, lead: one.lead, at: one.at })).toBeNull()
    expect((await one.live()).state.coverage.state).toBe('captured')
    expect(await isLedgerWhole(one.house, await one.live())).toBe(true)
  }
})

test('a link that is not ours says the same and ends nothing', async () => {
  const { visitor, house, live } = await lead()
  const path = permissionPath(house, visitor.conversation)
  const forged = await call(desk.service.address + path.slice(0, -2), { method: 'POST' })
  const nothing = await call(`${desk.service.address}/permission?t=x`, { method: 'POST' })
  expect([forged.status, nothing.status]).toEqual([200, 200])
  expect((await live()).state.consents.every(({ given }) => given)).toBe(true)
  expect(String((await call(desk.service.address + path)).body.text)).not.toMatch(/insur|treat|health|program|aetna/i)
})

test('a notice that waited is not sent when the permission was taken back meanwhile, and danger is paged all the same', async () => {
  const sent: StoredEffect[] = []
  const notifier: Notifier = { name: 'heard', notify: async (effect) => void sent.push(effect) }
  const notifiers = desk.service.house.notifiers as Notifier[]
  const one = await lead(steps.length, false)
  await one.visitor.say('send')
  await one.visitor.say("don't contact me")
  notifiers.push(notifier)
  await performDue(one.house)
  const mine = sent.filter(({ conversation }) => conversation === one.visitor.conversation)
  const refused = (await one.house.store.auditTrail(100, null)).filter(({ event }) => event === 'exit.refused')
  expect(mine.length + refused.length).toBeLessThanOrEqual(1)
  await desk.leadInDanger()
  await performDue(one.house)
  expect(sent.some(({ kind }) => kind === 'page-on-call')).toBe(true)
})

test('a consent that lacks an element is never in force', () => {
  const at = Instant.parse('2026-11-21T07:10:00.000Z')
  const kinds: ConsentKind[] = ['contact', 'payer-disclosure', 'pass-on', 'texting']
  for (const kind of kinds) {
    const whole = consentOf({
      kind,
      given: true,
      textVersion: 'v',
      text: 'May we?',
      locale: 'en-US',
      at,
      discloser: 'A',
      recipient: 'B',
      subject: 'Ana',
    })
    const inForce = (one: typeof whole) => activeConsent({ answers: {}, consents: [one] }, kind, { at })
    expect(inForce(whole)).not.toBeNull()
    const lacking: Partial<typeof whole>[] = [
      { text: '' },
      { textVersion: '' },
      { purpose: '' },
      { expiresAt: null },
      { information: [] },
    ]
    if (termsOf[kind].isPart2) lacking.push({ subject: null }, { discloser: null }, { recipient: null })
    for (const without of lacking) {
      expect(missingElements({ ...whole, ...without })).toHaveLength(1)
      expect(inForce({ ...whole, ...without })).toBeNull()
    }
    expect(activeConsent({ answers: {}, consents: [whole] }, kind, { at: whole.expiresAt as string })).toBeNull()
    expect(activeConsent({ answers: {}, consents: [whole] }, kind, { at, recipient: 'C' })).toBeNull()
  }
})
