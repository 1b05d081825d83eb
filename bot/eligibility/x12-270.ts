/**
 * Builds an X12 270, the question "what does this plan pay?", as 005010X279A1 says.
 *
 * One service type per request and only what finds the person: more data makes more mismatches (domain
 * reference 3.4). Values are folded to the basic character set, so no name can end a segment.
 */
import type { EligibilityRequest, Person } from './port.ts'

export interface Sender {
  /** Interchange ids of both sides, at most 15 characters. */
  readonly sender: string
  readonly receiver: string
  readonly provider: { readonly name: string; readonly npi: string }
  readonly payerName: string
  /** Nine digits, different for every interchange. */
  readonly controlNumber: string
  readonly now: Date
  /** T while testing, P for production. */
  readonly usage: 'T' | 'P'
}

export function build270(request: EligibilityRequest, by: Sender): string {
  const day = by.now.toISOString().slice(0, 10).replaceAll('-', '')
  const time = by.now.toISOString().slice(11, 16).replace(':', '')
  const { sender, receiver, controlNumber } = by
  const body = transaction(request, by, { day, time })
  const segments = [
    [
      'ISA',
      '00',
      fixed('', 10),
      '00',
      fixed('', 10),
      'ZZ',
      fixed(sender, 15),
      'ZZ',
      fixed(receiver, 15),
      day.slice(2),
      time,
      '^',
      '00501',
      controlNumber,
      '0',
      by.usage,
      ':',
    ],
    ['GS', 'HS', text(sender), text(receiver), day, time, '1', 'X', '005010X279A1'],
    ...body,
    ['SE', String(body.length + 1), '0001'],
    ['GE', '1', '1'],
    ['IEA', '1', controlNumber],
  ]
  return segments.map((segment) => `${trimmed(segment).join('*')}~`).join('')
}

type Segment = readonly string[]

function transaction(request: EligibilityRequest, by: Sender, at: { day: string; time: string }): Segment[] {
  const { dependent, subscriber } = request
  const date: Segment = ['DTP', '291', 'D8', compact(request.on)]
  const question: Segment = ['EQ', request.serviceType]
  const head: Segment[] = [
    ['ST', '270', '0001', '005010X279A1'],
    ['BHT', '0022', '13', text(request.id).slice(0, 50), at.day, at.time],
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', text(by.payerName), '', '', '', '', 'PI', text(request.payerId)],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '1P', '2', text(by.provider.name), '', '', '', '', 'XX', by.provider.npi],
    ['HL', '3', '2', '22', dependent ? '1' : '0'],
    [...person('IL', subscriber), '', '', '', 'MI', text(request.memberId)],
    birth(subscriber),
  ]
  if (!dependent) return [...head, date, question]
  return [...head, ['HL', '4', '3', '23', '0'], person('03', dependent), birth(dependent), date, question]
}

function person(role: 'IL' | '03', { lastName, firstName }: Person): string[] {
  return ['NM1', role, '1', text(lastName), text(firstName)]
}

function birth({ birthDate }: Person): Segment {
  return ['DMG', 'D8', compact(birthDate)]
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

/** X12's basic character set without its own separators: accents folded, everything else a space. */
function text(value: string): string {
  return value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 !"&'()+,\-./;?=]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, 60)
}

function fixed(value: string, length: number): string {
  return text(value).slice(0, length).padEnd(length)
}

/** Empty elements at the end of a segment are left out; ISA has none. */
function trimmed(segment: Segment): Segment {
  const last = segment.findLastIndex((element) => element !== '')
  return segment.slice(0, last + 1)
}
