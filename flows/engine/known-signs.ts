/**
 * What a sign of suicide answers of the safety questions, so that nobody is asked the same thing again.
 *
 * A person who wrote that she wants to die has answered whether she wishes to be dead. The item is counted
 * as positive, in her own words, and stays so; "no" is never read out of anything.
 */
import type { ConversationState } from '../conversation.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import { change, type Draft, noted } from './draft.ts'

/** The place of an answer that was written, not asked. */
export const WRITTEN_FLOW = 'crisis'

const SUICIDE: readonly DangerLabel[] = ['suicide_passive', 'suicide_active', 'suicide_imminent']

/** The ASQ's items by what they ask, and the plain Spanish questions that stand for them. */
const answeredBy: Readonly<Partial<Record<DangerLabel, readonly string[]>>> = {
  suicide_passive: ['asq.asq1', 'safety-dead'],
  suicide_active: ['asq.asq3', 'asq.asq5', 'safety-dead', 'safety-now'],
  suicide_imminent: ['asq.asq3', 'asq.asq5', 'safety-dead', 'safety-now'],
}

/** The writer's own sign of suicide, or null: a sign about somebody else answers nothing for the writer. */
export function ownSuicideSign(state: Pick<ConversationState, 'crisis'>): DangerLabel | null {
  const { crisis } = state
  return crisis !== null && crisis.who === 'self' && SUICIDE.includes(crisis.label) ? crisis.label : null
}

/** Counts as positive what the sign answers and nobody has answered yet. */
export function countSign(draft: Draft): void {
  const sign = ownSuicideSign(draft.state)
  if (sign === null) return
  const isSpanish = draft.state.locale === 'es-US'
  const names = (answeredBy[sign] ?? []).filter((name) => name.startsWith('safety-') === isSpanish)
  const said = noted(draft.state, 'danger-words') ?? ''
  const given = { value: 'yes', said, place: { flow: WRITTEN_FLOW, step: sign }, at: draft.at }
  const fresh = names.filter((name) => draft.state.answers[name] === undefined)
  change(draft, { answers: { ...draft.state.answers, ...Object.fromEntries(fresh.map((name) => [name, given])) } })
}

/** Names of the answers that a sign gave: no going back and no starting over takes them away. */
export function countedBySign(state: ConversationState): string[] {
  const counted = [...new Set(Object.values(answeredBy).flat())]
  return counted.filter((name) => state.answers[name]?.place.flow === WRITTEN_FLOW)
}
