/**
 * What is known of somebody's insurance, as one state, and the one sentence that each state allows.
 *
 * `unknown → named → listed | listed-with-condition | not-listed → captured → consented → checked →
 * confirmed-by-staff`, or `declined`. Nothing else decides what a visitor hears about coverage: the
 * strongest sentence before staff have looked is "the program's list names it". Whether a plan is active
 * or not is for staff; the visitor hears only that it was checked and that a person will explain.
 */
import { z } from 'zod'
import type { CoveragePhrase } from './engine/phrases.ts'
import { CoverageState } from './vocabulary.ts'

/** What a name turned out to be (domain reference 3.3). */
export const PayerKind = z.enum([
  'listed',
  'listed-with-condition',
  'not-listed',
  'no-list',
  'medicare',
  'medicaid',
  'tricare',
  'va',
  'cobra',
  'marketplace',
  'employer',
  'self-pay',
  'none',
  'unrecognised',
])
export type PayerKind = z.infer<typeof PayerKind>

/** How a check with the payer ended (domain reference 3.5). */
export const CheckOutcome = z.enum(['active', 'inactive', 'not-found', 'payer-down', 'pending', 'unsupported'])
export type CheckOutcome = z.infer<typeof CheckOutcome>

export const Coverage = z.strictObject({
  state: CoverageState,
  payer: z.string().nullable(),
  condition: z.string().nullable(),
  kind: PayerKind.nullable().default(null),
  /** As the program's page prints it, where that differs. */
  listedAs: z.string().nullable().default(null),
  /** The day of the program's list, YYYY-MM-DD. */
  asOf: z.string().nullable().default(null),
  /** Another plan named in the same breath. */
  second: z.string().nullable().default(null),
  outcome: CheckOutcome.nullable().default(null),
})
export type Coverage = z.infer<typeof Coverage>

export const noCoverage: Coverage = {
  state: 'unknown',
  payer: null,
  condition: null,
  kind: null,
  listedAs: null,
  asOf: null,
  second: null,
  outcome: null,
}

export type CoverageEvent =
  | { readonly type: 'named'; readonly payer: string }
  | {
      readonly type: 'found'
      readonly found: Pick<Coverage, 'payer' | 'condition' | 'listedAs' | 'asOf' | 'second'> & {
        readonly kind: PayerKind
      }
    }
  | { readonly type: 'captured' }
  | { readonly type: 'consented' }
  | { readonly type: 'revoked' }
  | { readonly type: 'checked'; readonly outcome: CheckOutcome }
  | { readonly type: 'confirmed' }
  | { readonly type: 'declined' }
  | { readonly type: 'forgotten' }

const stateOfKind: Readonly<Record<PayerKind, CoverageState>> = {
  listed: 'listed',
  'listed-with-condition': 'listed-with-condition',
  'not-listed': 'not-listed',
  'no-list': 'not-listed',
  medicare: 'named',
  medicaid: 'named',
  tricare: 'named',
  va: 'named',
  cobra: 'named',
  marketplace: 'named',
  employer: 'named',
  'self-pay': 'declined',
  none: 'declined',
  unrecognised: 'named',
}

const named: readonly CoverageState[] = ['named', 'listed', 'listed-with-condition', 'not-listed']

/** From which states an event leads on; anything else leaves the state as it is. */
const leadsFrom: Readonly<
  Record<'captured' | 'consented' | 'revoked' | 'checked' | 'confirmed', readonly CoverageState[]>
> = {
  captured: named,
  consented: [...named, 'captured'],
  revoked: ['consented', 'checked'],
  checked: ['consented', 'checked'],
  confirmed: [...named, 'captured', 'consented', 'checked'],
}

export function coverageAfter(coverage: Coverage, event: CoverageEvent): Coverage {
  switch (event.type) {
    case 'named':
      return { ...noCoverage, state: 'named', payer: event.payer }
    case 'found':
      return { ...noCoverage, ...event.found, state: stateOfKind[event.found.kind] }
    case 'declined':
      return { ...noCoverage, state: 'declined' }
    case 'forgotten':
      return noCoverage
    case 'checked':
      return leadsFrom.checked.includes(coverage.state)
        ? { ...coverage, state: 'checked', outcome: event.outcome }
        : coverage
    case 'revoked':
      return leadsFrom.revoked.includes(coverage.state) ? { ...coverage, state: 'captured', outcome: null } : coverage
    case 'captured':
      return leadsFrom.captured.includes(coverage.state) ? { ...coverage, state: 'captured' } : coverage
    case 'consented':
      return leadsFrom.consented.includes(coverage.state) ? { ...coverage, state: 'consented' } : coverage
    case 'confirmed':
      return leadsFrom.confirmed.includes(coverage.state) ? { ...coverage, state: 'confirmed-by-staff' } : coverage
  }
}

const sentenceOfKind: Readonly<Record<PayerKind, CoveragePhrase>> = {
  listed: 'cov-listed',
  'listed-with-condition': 'cov-condition',
  'not-listed': 'cov-not-listed',
  'no-list': 'cov-no-list',
  medicare: 'cov-medicare',
  medicaid: 'cov-medicaid',
  tricare: 'cov-tricare',
  va: 'cov-va',
  cobra: 'cov-cobra',
  marketplace: 'cov-marketplace',
  employer: 'cov-employer',
  'self-pay': 'cov-self-pay',
  none: 'cov-none',
  unrecognised: 'cov-unrecognised',
}

const sentenceOfOutcome: Readonly<Record<CheckOutcome, CoveragePhrase>> = {
  active: 'cov-checked',
  inactive: 'cov-checked',
  'not-found': 'cov-checked',
  'payer-down': 'cov-checking',
  pending: 'cov-checking',
  unsupported: 'cov-by-phone',
}

/** Kinds that name a way to be insured and no company: which company it is, is asked. */
export function lacksCompany(coverage: Coverage): boolean {
  return coverage.kind === 'cobra' || coverage.kind === 'marketplace' || coverage.kind === 'employer'
}

/** The sentences of a state, in order; the second is for a second plan. */
export function coverageSentences(coverage: Coverage): CoveragePhrase[] {
  const second: CoveragePhrase[] = coverage.second === null ? [] : ['cov-second']
  switch (coverage.state) {
    case 'unknown':
      return ['cov-unknown']
    case 'named':
    case 'listed':
    case 'listed-with-condition':
    case 'not-listed':
      return [firstSentence(coverage), ...second]
    case 'captured':
      return ['cov-captured']
    case 'consented':
      return ['cov-consented']
    case 'checked':
      return [sentenceOfOutcome[coverage.outcome ?? 'pending']]
    case 'confirmed-by-staff':
      return ['cov-confirmed']
    case 'declined':
      return [coverage.kind === null ? 'cov-declined' : sentenceOfKind[coverage.kind]]
  }
}

function firstSentence({ kind, payer, listedAs }: Coverage): CoveragePhrase {
  const isRenamed = kind === 'listed' && listedAs !== null && listedAs !== payer
  return isRenamed ? 'cov-listed-renamed' : sentenceOfKind[kind ?? 'unrecognised']
}
