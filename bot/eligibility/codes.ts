/**
 * Codes of a 271 in words for staff: what a benefit line says, why a payer refused, and what to do then.
 */
import type { CheckOutcome } from '../../flows/coverage.ts'

const kinds: Readonly<Record<string, string>> = {
  '1': 'Active',
  '2': 'Active, full risk capitation',
  '3': 'Active, services capitated',
  '4': 'Active, services capitated to primary care',
  '5': 'Active, pending investigation',
  '6': 'Inactive',
  '7': 'Inactive, pending eligibility update',
  '8': 'Inactive, pending investigation',
  A: 'Coinsurance',
  B: 'Copay',
  C: 'Deductible',
  CB: 'Coverage basis',
  F: 'Limit',
  G: 'Out of pocket',
  I: 'Not a benefit of this plan',
  J: 'Cost containment',
  MC: 'Managed care coordinator',
  R: 'Other or additional payer',
  U: 'Contact this payer for details',
  X: 'Health care facility',
}

const services: Readonly<Record<string, string>> = {
  '30': 'whole plan',
  A4: 'psychiatric',
  A6: 'psychotherapy',
  A7: 'psychiatric inpatient',
  A8: 'psychiatric outpatient',
  AI: 'substance abuse',
  AJ: 'alcoholism',
  AK: 'drug addiction',
  BB: 'psychiatric partial hospitalization',
  BC: 'psychiatric day care',
  MH: 'mental health',
  CE: 'mental health provider, inpatient',
  CF: 'mental health provider, outpatient',
  CG: 'mental health facility, inpatient',
  CH: 'mental health facility, outpatient',
}
const periods: Readonly<Record<string, string>> = {
  '23': 'per calendar year',
  '24': 'this year so far',
  '25': 'per contract',
  '27': 'per visit',
  '29': 'remaining',
  '30': 'in all',
  '32': 'per lifetime',
}

/** Services that say something of this program's care; other lines are left out. */
const ours = Object.keys(services)

/** One EB segment as a line, or null when it says nothing about this kind of care. */
export function benefitLine(segment: readonly string[], notes: readonly string[]): string | null {
  const [
    ,
    kind = '',
    level = '',
    types = '',
    ,
    plan = '',
    period = '',
    amount = '',
    percent = '',
    ,
    ,
    authorization = '',
    network = '',
  ] = segment
  const mine = types.split('^').filter((type) => ours.includes(type))
  if (kinds[kind] === undefined || (types !== '' && mine.length === 0)) return null
  const value = amount !== '' ? `$${amount}` : percent !== '' ? `${Math.round(Number(percent) * 100)} %` : ''
  const parts = [
    kinds[kind],
    mine.map((type) => services[type]).join(', '),
    value,
    periods[period] ?? '',
    level === 'FAM' ? 'for the family' : '',
    network === 'Y' ? 'in network' : network === 'N' ? 'out of network' : '',
    authorization === 'Y' ? 'needs prior authorization' : authorization === 'N' ? 'no prior authorization' : '',
    /^[1-8]$/.test(kind) ? plan : '',
    ...notes,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

interface Reject {
  readonly outcome: CheckOutcome
  readonly words: string
}

/** AAA03 (X12 external code list 901), with the next step. */
const rejects: Readonly<Record<string, Reject>> = {
  '15': { outcome: 'unsupported', words: '15: the payer wants more data. Ask by phone.' },
  '41': {
    outcome: 'unsupported',
    words: '41: this account may not ask this payer. Tell an administrator, and ask by phone.',
  },
  '42': { outcome: 'payer-down', words: '42: the payer’s system does not answer now. It is asked again.' },
  '43': { outcome: 'unsupported', words: '43: the payer does not know our provider number. Tell an administrator.' },
  '56': { outcome: 'unsupported', words: '56: the date is not taken. Ask by phone.' },
  '58': { outcome: 'not-found', words: '58: the birth date is missing or not taken. Check it with the visitor.' },
  '62': { outcome: 'unsupported', words: '62: the date of service is outside what the payer tells. Ask by phone.' },
  '71': { outcome: 'not-found', words: '71: the birth date does not fit the member. Check it with the visitor.' },
  '72': { outcome: 'not-found', words: '72: the member ID is missing or wrong. Check it against the card.' },
  '73': { outcome: 'not-found', words: '73: the name does not fit the member. Use it as the card prints it.' },
  '75': {
    outcome: 'not-found',
    words: '75: the payer does not find the subscriber. Check payer, number and birth date.',
  },
  '76': { outcome: 'unsupported', words: '76: the payer finds more than one member of this number. Ask by phone.' },
  '78': { outcome: 'not-found', words: '78: the subscriber is not in this plan or group.' },
  '79': { outcome: 'unsupported', words: '79: the payer’s id at the clearinghouse is wrong. Tell an administrator.' },
  '80': { outcome: 'payer-down', words: '80: there was no answer in time. It is asked again.' },
}

export function rejectReason(code: string): Reject {
  return (
    rejects[code] ?? {
      outcome: 'unsupported',
      words: `${code || 'An unnamed reason'}: the payer refused. Ask by phone.`,
    }
  )
}
