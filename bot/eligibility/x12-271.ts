/**
 * Reads an X12 271, the payer's answer: active or not, what it says of money, and every reject reason.
 *
 * An answer about somebody else is worse than none, so the member is compared with the one asked about.
 * What cannot be read is no answer: the payer is asked again.
 */
import { AdmissionsError } from '../errors.ts'
import { benefitLine, rejectReason } from './codes.ts'
import type { EligibilityAnswer, EligibilityRequest } from './port.ts'

type Segment = readonly string[]

const SEGMENTS_AT_MOST = 5_000

/** @throws AdmissionsError `PAYER_UNREADABLE` for what is no 271. */
export function read271(answer: string, asked: EligibilityRequest): EligibilityAnswer {
  const segments = segmentsOf(answer)
  const rejects = segments.filter(([id]) => id === 'AAA').map((segment) => segment[3] ?? '')
  const benefits = benefitsOf(segments)
  if (rejects.length > 0 && benefits.length === 0) return rejected(rejects)
  if (!isAbout(segments, asked)) {
    return {
      outcome: 'not-found',
      planName: null,
      benefits: [],
      problems: ['The payer answered about another person: the answer was dropped. Ask by phone.'],
    }
  }
  const statuses = segments.filter(([id]) => id === 'EB').map((segment) => segment[1] ?? '')
  const isActive = statuses.some((status) => /^[1-5]$/.test(status))
  const isInactive = statuses.some((status) => /^[678]$/.test(status))
  const outcome = isActive ? 'active' : isInactive ? 'inactive' : 'unsupported'
  const planName =
    segments.find(([id, status, , , , name]) => id === 'EB' && /^[1-8]$/.test(status ?? '') && name)?.[5] ?? null
  return { outcome, planName, benefits, problems: rejects.map((code) => rejectReason(code).words) }
}

function rejected(codes: readonly string[]): EligibilityAnswer {
  const reasons = codes.map(rejectReason)
  const outcome = reasons.find((reason) => reason.outcome !== 'unsupported')?.outcome ?? 'unsupported'
  return { outcome, planName: null, benefits: [], problems: [...new Set(reasons.map(({ words }) => words))] }
}

/** The envelope names its own separators: element, repetition, component and segment. */
function segmentsOf(answer: string): Segment[] {
  const from = answer.indexOf('ISA')
  const element = answer[from + 3]
  const end = answer[from + 105]
  if (from < 0 || element === undefined || end === undefined || /[A-Za-z0-9 ]/.test(element)) throw unreadable()
  const segments = answer
    .slice(from)
    .split(end)
    .slice(0, SEGMENTS_AT_MOST)
    .map((segment) => segment.trim().split(element))
  const isAnswer = segments.some(([id, set]) => id === 'ST' && set === '271')
  const isWhole = segments.some(([id]) => id === 'SE')
  if (!isAnswer || !isWhole) throw unreadable()
  return segments
}

function unreadable(): AdmissionsError {
  return new AdmissionsError('PAYER_UNREADABLE', 'The clearinghouse’s answer is no whole 271.')
}

function benefitsOf(segments: readonly Segment[]): string[] {
  const lines: string[] = []
  for (const [index, segment] of segments.entries()) {
    if (segment[0] !== 'EB') continue
    const next = segments.slice(index + 1).findIndex(([id]) => id === 'EB' || id === 'SE' || id === 'HL')
    const notes = segments.slice(index + 1, index + 1 + Math.max(0, next)).filter(([id]) => id === 'MSG')
    const line = benefitLine(
      segment,
      notes.map((note) => note[1] ?? ''),
    )
    if (line !== null) lines.push(line)
  }
  return [...new Set(lines)].slice(0, 60)
}

/** Payers correct names, so either the number or the last name with the birth date must be the one asked. */
function isAbout(segments: readonly Segment[], { subscriber, dependent, memberId }: EligibilityRequest): boolean {
  const names = segments.filter(([id, role]) => id === 'NM1' && (role === 'IL' || role === '03'))
  if (names.length === 0) return false
  const births = segments.filter(([id]) => id === 'DMG').map((segment) => segment[2])
  const isNumber = names.some((segment) => plain(segment[9]) === plain(memberId))
  const people = dependent ? [subscriber, dependent] : [subscriber]
  const isName = people.some(
    (one) =>
      names.some((segment) => plain(segment[3]) === plain(one.lastName)) &&
      (births.length === 0 || births.includes(one.birthDate.replaceAll('-', ''))),
  )
  return isNumber || isName
}

function plain(value: string | undefined): string {
  return (value ?? '')
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
}
