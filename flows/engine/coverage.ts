/**
 * What may be said about insurance: every sentence is derived from the coverage state.
 *
 * Nobody's plan is known here. The words say what the program's own list holds and since when, and that
 * a person will check; never that something is paid for.
 */
import type { PayerFound } from '../conversation.ts'
import type { CoverageState } from '../vocabulary.ts'
import { change, type Draft, keep, note, noted } from './draft.ts'
import { phrase } from './message.ts'
import type { PhraseName } from './phrases.ts'
import { asksOf } from './review.ts'
import { namedChoice } from './understand/choice.ts'
import { inLanguage } from './words.ts'

const phraseOf: Readonly<Record<PayerFound['state'], PhraseName>> = {
  listed: 'cov-listed',
  'listed-with-condition': 'cov-condition',
  'not-listed': 'cov-not-listed',
  medicare: 'cov-medicare',
  medicaid: 'cov-medicaid',
  tricare: 'cov-tricare',
  va: 'cov-va',
  'self-pay': 'cov-self-pay',
  none: 'cov-none',
  unrecognised: 'cov-unrecognised',
}

const stateOf: Readonly<Record<PayerFound['state'], CoverageState>> = {
  listed: 'listed',
  'listed-with-condition': 'listed-with-condition',
  'not-listed': 'not-listed',
  medicare: 'named',
  medicaid: 'named',
  tricare: 'named',
  va: 'named',
  'self-pay': 'declined',
  none: 'declined',
  unrecognised: 'named',
}

export function takePayer(draft: Draft, said: string, found: PayerFound): void {
  const condition = found.condition === null ? null : inLanguage(found.condition, draft.state.locale)
  change(draft, { coverage: { state: stateOf[found.state], payer: found.payer ?? said, condition } })
  alsoSaid(draft, said)
  note(draft, 'payer-kind', found.state)
  note(draft, 'listed-as', found.listedAs ?? '')
  note(draft, 'as-of', found.asOf ?? '')
}

/** "Aetna PPO through my dad": the kind of plan and whose it is are not asked again. */
function alsoSaid(draft: Draft, said: string): void {
  for (const name of ['plan-type', 'whose-plan']) {
    const options = asksOf(draft.world.flows).get(name)?.options ?? []
    const value = namedChoice(options, said)
    if (value !== null && draft.state.answers[name] === undefined) keep(draft, name, { value, said })
  }
}

/** The one honest sentence for what is known, or null while no payer was looked up. */
export function coverageWords(draft: Draft): string | null {
  const kind = noted(draft.state, 'payer-kind') as PayerFound['state'] | null
  if (kind === null) return null
  const isRenamed =
    kind === 'listed' &&
    noted(draft.state, 'listed-as') !== '' &&
    noted(draft.state, 'listed-as') !== draft.state.coverage.payer
  return phrase(draft, isRenamed ? 'cov-listed-renamed' : phraseOf[kind])
}
