/**
 * X12 really sent and read: the 270 in the envelope of the CAQH CORE rule to a server on this machine, which answers
 * well, badly, late, about others, or not at all.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { coreX12 } from '../../bot/eligibility/core-x12.ts'
import type { EligibilityRequest } from '../../bot/eligibility/port.ts'
import { permit } from '../../bot/outbox/exits.ts'
import { consentOf } from '../../flows/consents.ts'
import { Instant } from '../../flows/vocabulary.ts'

const NOW = Instant.parse('2026-11-23T15:00:00.000Z')
const clock = { at: new Date(NOW) }
let server: Server
let url: string
let asked: Map<string, string>[]
let answer: (fields: Map<string, string>) => { status?: number; type?: string; body: string } | null

beforeEach(async () => {
  clock.at = new Date(NOW)
  asked = []
  server = createServer(async (request, response) => {
    // Node's own reader of forms: what we send must be one.
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const type = request.headers['content-type'] ?? ''
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    const fields = new Map([...form].map(([name, value]) => [name, String(value)]))
    asked.push(fields)
    const given = answer(fields)
    if (given === null) return void request.socket.destroy()
    response.writeHead(given.status ?? 200, { 'content-type': given.type ?? 'text/plain' }).end(given.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/core/eligibility`
  return () => new Promise<void>((resolve) => server.close(() => resolve()))
})

const request: EligibilityRequest = {
  id: 'check_1-AI',
  payerId: '60054',
  memberId: 'W123456789',
  subscriber: { firstName: 'Ana', lastName: 'Diaz', birthDate: '1990-05-17' },
  dependent: null,
  serviceType: 'AI',
  on: '2026-11-23',
}
const asking = {
  kind: 'payer-disclosure',
  given: true,
  textVersion: 'v1',
  text: 'May we ask?',
  locale: 'en-US',
  at: NOW,
  discloser: 'Clinic',
  recipient: 'Aetna',
  subject: 'Ana Diaz',
} as const
const allowed = permit('ask-payer', {
  state: { answers: {}, consents: [consentOf(asking)] },
  at: NOW,
  recipient: 'Aetna',
})

function core(more: { allowInside?: string[] } = {}) {
  const at = {
    url,
    user: 'porch',
    password: 'secret',
    sender: 'PORCHLIGHT',
    receiver: 'HUB',
    provider: { name: 'Clinic', npi: '1999999984' },
    payers: { aetna: '60054' },
    usage: 'T',
    allowInside: ['127.0.0.1'],
    ...more,
  } as const
  if (!allowed) throw new Error('no permit')
  const eligibility = coreX12(at, { now: () => clock.at })
  return (one = request) => eligibility.check(one, allowed)
}

const about = (member: string, name: string): string =>
  `ISA*00*          *00*          *ZZ*HUB            *ZZ*PORCHLIGHT     *261123*1500*^*00501*000000001*0*T*:~GS*HB*HUB*PORCHLIGHT*20261123*1500*1*X*005010X279A1~ST*271*0001*005010X279A1~BHT*0022*11*1*20261123*1500~HL*1**20*1~NM1*PR*2*AETNA*****PI*60054~HL*2*1*21*1~NM1*1P*2*CLINIC*****XX*1999999984~HL*3*2*22*0~NM1*IL*1*${name}****MI*${member}~EB*1**AI**GOLD~EB*B**AI***27*25~SE*11*0001~GE*1*1~IEA*1*000000001~`
const good = about('W123456789', 'DIAZ*ANA')

/** The rule's own form of an answer. */
function envelope(payload: string, code = 'Success'): { type: string; body: string } {
  const fields = [
    ['PayloadType', 'X12_271_Response_005010X279A1'],
    ['ErrorCode', code],
    ['ErrorMessage', ''],
    ['Payload', payload],
  ]
  const parts = fields.map(
    ([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return { type: 'multipart/form-data; boundary=XX', body: `${parts.join('')}--XX--\r\n` }
}

test('the question goes in the rule’s envelope, and the answer is read out of it', async () => {
  answer = () => envelope(good)
  expect(await core()()).toMatchObject({
    outcome: 'active',
    planName: 'GOLD',
    benefits: [expect.stringMatching(/^Active/), expect.stringMatching(/^Copay .* \$25/)],
  })
  const [fields] = asked
  expect(Object.fromEntries(fields ?? [])).toMatchObject({
    PayloadType: 'X12_270_Request_005010X279A1',
    ProcessingMode: 'RealTime',
    PayloadID: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
    TimeStamp: '2026-11-23T15:00:00Z',
    UserName: 'porch',
    Password: 'secret',
    SenderID: 'PORCHLIGHT',
    ReceiverID: 'HUB',
    CORERuleVersion: '2.2.0',
    Payload: expect.stringMatching(/^ISA\*00.*NM1\*IL\*1\*DIAZ\*ANA\*\*\*\*MI\*W123456789~.*EQ\*AI~/),
  })
  expect(fields?.size).toBe(10)
})

test('every retry of one question is the same question, another question is another', async () => {
  answer = () => envelope(good)
  const ask = core()
  await ask()
  await ask()
  await ask({ ...request, id: 'check_1-MH' })
  const ids = asked.map((fields) => fields.get('PayloadID'))
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
  expect(asked[0]?.get('Payload')).toBe(asked[1]?.get('Payload'))
})

test('a plain answer without an envelope is read too', async () => {
  answer = () => ({ type: 'application/EDI-X12', body: good })
  expect((await core()()).outcome).toBe('active')
})

test.each([
  ['a refused password', () => envelope('', 'UnAuthorized')],
  ['a version that is not spoken', () => envelope('', 'VersionMismatch')],
  ['HTTP 401', () => ({ status: 401, body: 'no' })],
  ['a 999 that rejects the question', () => envelope('ISA*00*~ST*999*0001~AK9*R~SE*3*0001~')],
])('%s is a task for people, and not asked again', async (_, given) => {
  answer = given
  expect(await core()()).toMatchObject({
    outcome: 'unsupported',
    problems: [expect.stringMatching(/Ask by phone|ask by phone/)],
  })
})

test.each([
  ['no answer', () => null],
  ['HTTP 500', () => ({ status: 500, body: '' })],
  ['HTML', () => ({ type: 'text/html', body: '<html>Maintenance</html>' })],
  ['half a 271', () => envelope(good.slice(0, 300))],
  ['an envelope without a payload', () => envelope('')],
  ['more than it may be', () => ({ body: 'x'.repeat(2_100_000) })],
])('%s is no answer: it is asked again later', async (_, given) => {
  answer = given
  await expect(core()()).rejects.toMatchObject({ code: expect.stringMatching(/^PAYER_UN/) })
})

test('an answer about another person is dropped', async () => {
  answer = () => envelope(about('W999999999', 'SMITH*BOB'))
  expect(await core()()).toMatchObject({ outcome: 'not-found', benefits: [], planName: null })
})

test('after three failures the other side rests for a minute, and an address inside the network is never asked', async () => {
  answer = () => ({ status: 503, body: '' })
  const ask = core()
  for (let count = 0; count < 5; count += 1) await expect(ask()).rejects.toMatchObject({ code: 'PAYER_UNREACHABLE' })
  expect(asked).toHaveLength(3)
  clock.at = new Date(clock.at.getTime() + 61_000)
  answer = () => envelope(good)
  expect((await ask()).outcome).toBe('active')
  await expect(core({ allowInside: [] })()).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' })
})
