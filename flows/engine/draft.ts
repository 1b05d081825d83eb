/**
 * A turn being worked out: the state so far and what will be said and done.
 *
 * It lives only inside one call of `step`; outside, a turn is a value that goes in and a value that
 * comes out.
 */
import type { BotMessage } from '../activity.ts'
import type { ConversationState, Effect, GivenAnswer, Transition } from '../conversation.ts'
import { carryReading } from '../safety/reading.ts'
import type { ScreenedMessage } from '../safety/screen.ts'
import { type DangerLabel, RECENT_TURNS, type SaidBefore } from '../safety/verdict.ts'
import type { Instant } from '../vocabulary.ts'
import type { World } from './context.ts'

export interface Draft {
  readonly world: World
  readonly at: Instant
  state: ConversationState
  readonly effects: Effect[]
  /** Set by a script's answer that names danger; the protocol takes over when the walk has stopped. */
  danger: DangerLabel | null
}

/** Longest earlier turn that the gate is shown again, in UTF-16 units. */
const SAID_MAX = 1_000

export function beginDraft(world: World, state: ConversationState, at: Instant): Draft {
  return { world, at, state, effects: [], danger: null }
}

/** The gate hears the next message in the light of the question that stands last. */
export function finish(draft: Draft): Transition {
  const last = draft.effects.findLast((effect) => effect.type === 'say')
  if (last?.type === 'say') keepTurn(draft, { role: 'bot', text: last.message.text.slice(-SAID_MAX) })
  return { state: draft.state, effects: draft.effects }
}

export function change(draft: Draft, changes: Partial<ConversationState>): void {
  draft.state = { ...draft.state, ...changes }
}

export function tell(draft: Draft, message: BotMessage): void {
  draft.effects.push({ type: 'say', message })
}

/** What the visitor said, as it is kept and shown. */
export function hear(draft: Draft, message: ScreenedMessage, shown: string): void {
  const turn = { role: 'user', text: shown.slice(-SAID_MAX) } as const
  carryReading(message, turn)
  keepTurn(draft, turn)
}

/** Keeps the last turns for the gate: it judges a "yes" by what was asked. */
function keepTurn(draft: Draft, turn: SaidBefore): void {
  change(draft, { said: [...draft.state.said, turn].slice(-RECENT_TURNS) })
}

export function keep(draft: Draft, name: string, given: Pick<GivenAnswer, 'value' | 'said'>): void {
  const place = draft.state.stack.at(-1) ?? { flow: 'main', step: 'start' }
  change(draft, { answers: { ...draft.state.answers, [name]: { ...given, place, at: draft.at } } })
}

export function forget(draft: Draft, names: readonly string[]): void {
  const kept = Object.entries(draft.state.answers).filter(([name]) => !names.includes(name))
  change(draft, { answers: Object.fromEntries(kept) })
}

/** The engine's own marks stand beside the answers under `note.`; staff never see them. */
export function noted(state: ConversationState, name: string): string | null {
  const value = state.answers[`note.${name}`]?.value
  return typeof value === 'string' ? value : null
}

export function note(draft: Draft, name: string, value: string): void {
  keep(draft, `note.${name}`, { value, said: '' })
}
