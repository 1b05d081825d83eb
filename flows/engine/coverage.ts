/**
 * Insurance in a conversation: what was found of a payer, what was said besides, and the words for it.
 *
 * The states and which sentence each allows stand in `flows/coverage.ts`; here they meet the script.
 */
import type { PayerFound } from '../conversation.ts'
import { type CoverageEvent, coverageAfter, coverageSentences, lacksCompany } from '../coverage.ts'
import { change, type Draft, keep, note } from './draft.ts'
import { phrase } from './message.ts'
import { asksOf } from './review.ts'
import { namedChoice } from './understand/choice.ts'
import { inLanguage } from './words.ts'

export function coverageEvent(draft: Draft, event: CoverageEvent): void {
  change(draft, { coverage: coverageAfter(draft.state.coverage, event) })
}

export function takePayer(draft: Draft, said: string, found: PayerFound): void {
  const condition = found.condition === null ? null : inLanguage(found.condition, draft.state.locale)
  const { state: kind, listedAs, asOf, second } = found
  coverageEvent(draft, {
    type: 'found',
    found: { kind, payer: found.payer ?? said, condition, listedAs, asOf, second },
  })
  alsoSaid(draft, said)
  note(draft, 'payer-kind', kind)
  // A way to be insured stays noted when its company was named: the question for it remains answered.
  if (lacksCompany(draft.state.coverage)) note(draft, 'payer-way', kind)
}

/** "Aetna PPO through my dad": the kind of plan and whose it is are not asked again. */
function alsoSaid(draft: Draft, said: string): void {
  for (const name of ['plan-type', 'whose-plan']) {
    const options = asksOf(draft.world.flows).get(name)?.options ?? []
    const value = namedChoice(options, said)
    if (value !== null && draft.state.answers[name] === undefined) keep(draft, name, { value, said })
  }
}

/** The honest words for what is known now. */
export function coverageWords(draft: Draft): string {
  return coverageSentences(draft.state.coverage)
    .map((name) => phrase(draft, name))
    .join(' ')
}
