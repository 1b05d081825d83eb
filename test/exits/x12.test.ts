/**
 * X12 eligibility: the question as the guide prints it, and answers good, refused, malformed and about others.
 */
import { expect, test } from 'vitest'
import type { EligibilityRequest } from '../../bot/eligibility/port.ts'
import { build270 } from '../../bot/eligibility/x12-270.ts'
import { read271 } from '../../bot/eligibility/x12-271.ts'

const request: EligibilityRequest = {
  id: '10001234',
  payerId: '842610001',
  memberId: '11122333301',
  subscriber: { firstName: 'Robert', lastName: 'Smith', birthDate: '1943-05-19' },
  dependent: null,
  serviceType: '30',
  on: '2006-05-01',
}
const by = {
  sender: 'SENDER',
  receiver: 'RECEIVER',
  provider: { name: 'Bone and Joint Clinic', npi: '1999999984' },
  payerName: 'ABC Company',
  controlNumber: '000000001',
  now: new Date('2006-05-01T13:19:00.000Z'),
  usage: 'T',
} as const

/** An envelope around a transaction, with any separators. */
const wrap = (body: string, { element = '*', end = '~' } = {}): string =>
  `ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *060501*1319*^*00501*000000001*0*T*:~GS*HB*RECEIVER*SENDER*20060501*1319*1*X*005010X279A1~${body}GE*1*1~IEA*1*000000001~`
    .replaceAll('*', element)
    .replaceAll('~', end)

test('a 270 asks as the guide’s own first example does', () => {
  const segments = build270(request, by).split('~')
  expect(segments[0]).toHaveLength(105)
  expect(segments.slice(2, -4)).toEqual([
    'ST*270*0001*005010X279A1',
    'BHT*0022*13*10001234*20060501*1319',
    'HL*1**20*1',
    'NM1*PR*2*ABC COMPANY*****PI*842610001',
    'HL*2*1*21*1',
    'NM1*1P*2*BONE AND JOINT CLINIC*****XX*1999999984',
    'HL*3*2*22*0',
    'NM1*IL*1*SMITH*ROBERT****MI*11122333301',
    'DMG*D8*19430519',
    'DTP*291*D8*20060501',
    'EQ*30',
  ])
  expect(segments.slice(-4, -1)).toEqual(['SE*12*0001', 'GE*1*1', 'IEA*1*000000001'])
})

test('a dependent stands in a loop of its own, and no name can end a segment', () => {
  const asked = {
    ...request,
    serviceType: 'AI',
    subscriber: { ...request.subscriber, lastName: 'Núñez~GE*9*9' },
    dependent: { firstName: 'Zoë', lastName: 'O’Hara:^', birthDate: '1990-05-17' },
  } as const
  const text = build270(asked, by)
  expect(text).toContain('NM1*IL*1*NUNEZ GE 9 9*ROBERT****MI*11122333301~')
  expect(text).toContain('HL*4*3*23*0~NM1*03*1*O HARA*ZOE~DMG*D8*19900517~DTP*291*D8*20060501~EQ*AI~')
  expect(text.split('~').filter((segment) => segment.startsWith('GE'))).toHaveLength(1)
})

/** After the guide's answer to its first example. */
const answered =
  'ST*271*4321*005010X279A1~BHT*0022*11*10001234*20060501*1319~HL*1**20*1~NM1*PR*2*ABC COMPANY*****PI*842610001~HL*2*1*21*1~NM1*1P*2*BONE AND JOINT CLINIC*****SV*2000035~HL*3*2*22*0~TRN*2*93175-012547*9877281234~NM1*IL*1*SMITH*ROBERT****MI*11122333301~N3*15197 BROADWAY AVENUE*APT 215~N4*KANSAS CITY*MO*64108~DMG*D8*19430519*M~DTP*346*D8*20060101~EB*1**30**GOLD 123 PLAN~EB*L~EB*1**1^33^35^47^86^88^98^AL^MH^UC~EB*B**1^33^35^47^86^88^98^AL^MH^UC*HM*GOLD 123 PLAN*27*10*****Y~EB*C*FAM*30***23*500****Y*N~MSG*CALL THE NUMBER ON THE CARD~EB*A**AI*****0.2~SE*22*4321~'

test.each([
  ['*', '~'],
  ['|', '\n'],
])('a 271 is read with the separators that it names (%s)', (element, end) => {
  const { outcome, planName, benefits, problems } = read271(wrap(answered, { element, end }), request)
  expect([outcome, planName, problems]).toEqual(['active', 'GOLD 123 PLAN', []])
  expect(benefits).toEqual([
    'Active · whole plan · GOLD 123 PLAN',
    'Active · mental health',
    'Copay · mental health · $10 · per visit · in network',
    'Deductible · whole plan · $500 · per calendar year · for the family · out of network · needs prior authorization · CALL THE NUMBER ON THE CARD',
    'Coinsurance · substance abuse · 20 %',
  ])
})

const reject = (code: string): string =>
  wrap(`ST*271*1*005010X279A1~HL*1**20*1~NM1*PR*2*ABC*****PI*1~AAA*N**${code}*C~SE*4*1~`)

test.each([
  ['42', 'payer-down'],
  ['43', 'unsupported'],
  ['71', 'not-found'],
  ['72', 'not-found'],
  ['73', 'not-found'],
  ['75', 'not-found'],
  ['79', 'unsupported'],
  ['ZZ', 'unsupported'],
])('a reject reason %s is %s, with a next step', (code, outcome) => {
  const read = read271(reject(code), request)
  expect(read.outcome).toBe(outcome)
  expect(read.problems[0]).toMatch(new RegExp(`^${code}: .+\\.`))
})

test('an inactive plan is inactive', () => {
  expect(read271(wrap(answered.replaceAll('EB*1*', 'EB*6*')), request).outcome).toBe('inactive')
})

test('an answer about another person is dropped, benefits and all', () => {
  const other = { ...request, memberId: 'W9', subscriber: { ...request.subscriber, lastName: 'Doe' } }
  const read = read271(wrap(answered), other)
  expect(read).toMatchObject({ outcome: 'not-found', benefits: [] })
  expect(read.problems[0]).toMatch(/another person/)
})

test.each([
  ['nothing', ''],
  ['a page of HTML', '<!doctype html><title>Sign in</title>'],
  ['a cut answer', wrap(answered).slice(0, 400)],
  ['another transaction', wrap('ST*999*1~SE*2*1~')],
  ['an envelope alone', `ISA${'*'.repeat(103)}`],
])('%s is no answer', (_, text) => {
  expect(() => read271(text, request)).toThrow('no whole 271')
})
