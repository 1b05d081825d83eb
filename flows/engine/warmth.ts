/**
 * A warm sentence and the quiet help line, for pain that is no danger: distress, and a death.
 */
import { type Draft, forget, note, noted, tell } from './draft.ts'
import { bubble, phrase, spoken } from './message.ts'

/** One warm sentence and the quiet help line; not the same sentence twice. */
export function comfort(draft: Draft): void {
  const { distress, helpLine } = draft.world.flows.crisis
  const count = Number(noted(draft.state, 'comforted') ?? '0')
  if (draft.state.crisis?.open) return
  note(draft, 'warm-at', draft.at)
  const words = distress[count]
  if (words === undefined) return
  note(draft, 'comforted', String(count + 1))
  tell(draft, bubble(`${spoken(draft, words)}\n${spoken(draft, helpLine)}`, draft.state.locale, { kind: 'notice' }))
}

/** A death is met with a word of its own, and with the help line the first time. */
export function mourn(draft: Draft): void {
  if (draft.state.crisis?.open) return
  note(draft, 'warm-at', draft.at)
  if (noted(draft.state, 'mourned') !== null) return
  note(draft, 'mourned', 'yes')
  const words = `${phrase(draft, 'sorry-for-loss')}\n${spoken(draft, draft.world.flows.crisis.helpLine)}`
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice' }))
}

/** Whether this message was met with warmth; every message begins without. */
export function isWarm(draft: Draft): boolean {
  return noted(draft.state, 'warm-at') !== null
}

export function endWarmth(draft: Draft): void {
  if (isWarm(draft)) forget(draft, ['note.warm-at'])
}
