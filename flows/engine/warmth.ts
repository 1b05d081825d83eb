/**
 * A warm sentence and the quiet help line, for pain that is no danger: distress, and a death.
 */
import { type Draft, note, noted, tell } from './draft.ts'
import { bubble, phrase, spoken } from './message.ts'

/** One warm sentence and the quiet help line; not the same sentence twice. */
export function comfort(draft: Draft): void {
  const { distress, helpLine } = draft.world.flows.crisis
  const count = Number(noted(draft.state, 'comforted') ?? '0')
  const words = distress[count]
  if (words === undefined || draft.state.crisis?.open) return
  note(draft, 'comforted', String(count + 1))
  note(draft, 'warm-at', draft.at)
  tell(draft, bubble(`${spoken(draft, words)}\n${spoken(draft, helpLine)}`, draft.state.locale, { kind: 'notice' }))
}

/** A death is met with a word of its own, and with the help line the first time. */
export function mourn(draft: Draft): void {
  if (draft.state.crisis?.open || noted(draft.state, 'mourned') !== null) return
  note(draft, 'mourned', 'yes')
  note(draft, 'warm-at', draft.at)
  const words = `${phrase(draft, 'sorry-for-loss')}\n${spoken(draft, draft.world.flows.crisis.helpLine)}`
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice' }))
}
