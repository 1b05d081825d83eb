/**
 * Asking a payer through a clearinghouse: under permission only, once, again when it fails, and told to staff alone.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { clearinghouse } from '../../bot/eligibility/clearinghouse.ts'
import type { LeadRecord } from '../../bot/ports.ts'
import { TestDesk } from '../bot/desk-in-test.ts'
import { fromCard, upToCard } from '../bot/insurance-talk.ts'
import { visit } from '../bot/service-in-test.ts'

interface Asked {
  readonly headers: Record<string, unknown>
  readonly body: {
    readonly encounter: { serviceTypeCodes: string[] }
    readonly subscriber: object
    readonly dependents?: object[]
  }
}

let desk: TestDesk
let server: Server
let asked: Asked[]
let answer: () => { status: number; body: string } | Promise<{ status: number; body: string }>

const found = {
  subscriber: { memberId: 'W123456789', lastName: 'DIAZ', dateOfBirth: '19900517' },
  planStatus: [{ statusCode: '1', planDetails: 'GOLD' }],
  benefitsInformation: [
    {
      code: 'B',
      serviceTypeCodes: ['AI'],
      timeQualifierCode: '27',
      benefitAmount: '25',
      inPlanNetworkIndicatorCode: 'Y',
      authOrCertIndicator: 'Y',
    },
  ],
}

beforeEach(async () => {
  asked = []
  answer = () => ({ status: 200, body: JSON.stringify(found) })
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', async () => {
      asked.push({ headers: request.headers, body: JSON.parse(text) })
      const { status, body } = await answer()
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  desk = await TestDesk.open()
  const at = {
    url: `http://127.0.0.1:${port}/v3`,
    key: 'k',
    provider: { name: 'Clinic', npi: '1999999984' },
    payers: { aetna: '60054' },
  }
  Object.assign(desk.service.house, { eligibility: clearinghouse(at, desk.service.house.clock) })
  return async () => {
    await desk.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})

const steps = [...upToCard, ...fromCard, 'send']

async function ready(words = steps) {
  const visitor = await visit(desk.service.address, 'sample-002')
  for (const text of words) await visitor.say(text)
  const lead = (await desk.service.house.store.leadOf(visitor.conversation)) as LeadRecord
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  const ask = () => ana(`leads/${lead.id}/ask-payer`, { body: { fence } })
  const shown = async () =>
    (await (await desk.as('ana'))(`leads/${lead.id}`)).body.verification as {
      answers: { outcome: string; benefits: string[]; problems: string[] }[]
    }
  const last = async () => {
    const { conversations } = desk.service.house
    const live = await conversations.load(visitor.conversation)
    return live ? (await conversations.after(live, 0)).activities.at(-1)?.text : undefined
  }
  return { visitor, lead, ana, fence, ask, shown, last }
}

test('a check sends what finds the person, staff see the answer, and the visitor hears that a person will explain', async () => {
  const { ask, shown, last } = await ready()
  expect((await ask()).status).toBe(200)
  await desk.pass(1)
  expect(asked).toHaveLength(1)
  expect(asked[0]?.body).toEqual({
    controlNumber: expect.stringMatching(/^\d{9}$/),
    tradingPartnerServiceId: '60054',
    encounter: { serviceTypeCodes: ['AI'], dateOfService: '20261123' },
    provider: { organizationName: 'Clinic', npi: '1999999984' },
    subscriber: { memberId: 'W123456789', firstName: 'Ana', lastName: 'Diaz', dateOfBirth: '19900517' },
  })
  expect((await shown()).answers).toMatchObject([
    {
      outcome: 'active',
      planName: 'GOLD',
      benefits: ['Copay · substance abuse · $25 · per visit · in network · needs prior authorization'],
    },
  ])
  expect(await last()).toBe('We have checked with Aetna. A person will explain what it means for you.')
  await desk.pass(60)
  expect(asked).toHaveLength(1)
})

test('without a permission nothing is asked, whoever wants it', async () => {
  const { ask, visitor, ana, lead } = await ready()
  await visitor.say("don't contact me")
  expect((await ask()).status).toBe(403)
  await desk.pass(1)
  expect(asked).toEqual([])
  expect((await ana(`leads/${lead.id}`)).body.verification).toMatchObject({ mayAskPayer: false })
})

test('a permission taken back while the payer thinks drops the answer', async () => {
  const { ask, visitor, shown } = await ready()
  answer = async () => {
    await visitor.say("don't contact me")
    return { status: 200, body: JSON.stringify(found) }
  }
  await ask()
  await desk.pass(1)
  expect(asked).toHaveLength(1)
  expect((await shown()).answers).toEqual([])
  expect((await visitor.activities()).some(({ text }) => /We have checked/.test(text ?? ''))).toBe(false)
})

test.each([
  ['500', { status: 500, body: 'oops' }, 'payer-down'],
  ['202 for ever', { status: 202, body: '{}' }, 'pending'],
  ['a page of HTML', { status: 200, body: '<html>' }, 'payer-down'],
  ['the payer is away (AAA 42)', { status: 200, body: JSON.stringify({ errors: [{ code: '42' }] }) }, 'payer-down'],
])('%s is asked five times with pauses, then staff are told to ask by phone', async (_, given, outcome) => {
  const { ask, shown, last } = await ready()
  answer = () => given
  await ask()
  for (let hour = 0; hour < 60; hour += 1) await desk.pass(60)
  expect(asked.length).toBeGreaterThanOrEqual(4)
  expect(asked.length).toBeLessThanOrEqual(5)
  expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect((await shown()).answers.at(-1)?.outcome).toBe(outcome)
  expect(await last()).toMatch(/is not finished yet\. A person will follow it up/)
})

test('a refused member is a task for staff; the visitor hears the same as always', async () => {
  const { ask, shown, last } = await ready()
  answer = () => ({ status: 200, body: JSON.stringify({ errors: [{ code: '72' }] }) })
  await ask()
  await desk.pass(1)
  expect((await shown()).answers[0]?.problems).toEqual([
    '72: the member ID is missing or wrong. Check it against the card.',
  ])
  expect(await last()).toMatch(/^We have checked with Aetna/)
})

test('an answer about another person is dropped', async () => {
  const { ask, shown } = await ready()
  answer = () => ({
    status: 200,
    body: JSON.stringify({ ...found, subscriber: { memberId: 'X', lastName: 'DOE', dateOfBirth: '19800101' } }),
  })
  await ask()
  await desk.pass(1)
  expect((await shown()).answers[0]).toMatchObject({ outcome: 'not-found', benefits: [] })
})

test('what is missing is said to staff, and nothing is sent', async () => {
  const { ask, shown } = await ready([...steps.slice(0, 16), 'skip', 'skip', 'skip', 'send'])
  await ask()
  await desk.pass(1)
  expect(asked).toEqual([])
  expect((await shown()).answers[0]?.problems[0]).toMatch(
    /Nothing was sent: the member ID, full name and birth date missing/,
  )
})

test('a card of somebody else’s plan prints that person’s name: asked about is who needs help, by the name she gave', async () => {
  const through = [...steps.slice(0, 4), 'my dad', ...steps.slice(5, 20), 'Luis Diaz', 'March 30, 1960', 'send']
  const { lead, ana, fence, ask } = await ready(through)
  const worksheet = { card: { nameOnCard: 'Luis Diaz' } }
  expect((await ana(`leads/${lead.id}/worksheet`, { body: { fence, worksheet } })).status).toBe(200)
  await ask()
  await desk.pass(1)
  expect(asked[0]?.body.subscriber).toMatchObject({ firstName: 'Luis', lastName: 'Diaz', dateOfBirth: '19600330' })
  expect(asked[0]?.body.dependents).toMatchObject([{ firstName: 'Ana', lastName: 'Diaz', dateOfBirth: '19900517' }])
})
