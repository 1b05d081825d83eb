/**
 * Asks the pending question: its words, its input, its quick replies and how far along it is.
 */
import type { BotMessage, PorchlightData } from '../activity.ts'
import type { Place } from '../conversation.ts'
import { change, type Draft, tell } from './draft.ts'
import type { Step } from './flow.ts'
import { stepAt } from './library.ts'
import { type Asked, askedBy, inputOf, questionWords, suggestions } from './message.ts'
import { progressOf } from './progress.ts'

export interface Pending {
  readonly place: Place
  readonly step: Step
  readonly asked: Asked
}

/** The question that the script waits at, if it waits at one. */
export function pendingOf(draft: Draft): Pending | null {
  const place = draft.state.stack.at(-1)
  const step = place ? stepAt(draft.world.flows, place) : null
  const asked = askedBy(step, draft)
  return place && step && asked ? { place, step, asked } : null
}

/** @param lead - words put before the question in the same bubble, e.g. a bridge after a digression. */
export function askPending(draft: Draft, isAgain: boolean, lead: string | null = null): void {
  const pending = pendingOf(draft)
  if (!pending) return
  remember(draft, pending.place)
  const words = questionWords(pending.step, draft, isAgain)
  tell(draft, questionMessage(draft, pending, { words: lead === null ? words : `${lead}\n${words}`, kind: 'question' }))
}

/** An open question again, in other words than its own; its choices stay. */
export function askOpenly(draft: Draft, words: string): void {
  const pending = pendingOf(draft)
  if (!pending) return
  remember(draft, pending.place)
  tell(draft, questionMessage(draft, pending, { words, kind: 'question' }))
}

/** The pending question as a `clarify`: other words, the same input. */
export function clarify(draft: Draft, words: string): void {
  const pending = pendingOf(draft)
  if (!pending) return
  const question = questionWords(pending.step, draft, true)
  tell(draft, questionMessage(draft, pending, { words: `${words}\n${question}`, kind: 'clarify' }))
}

function questionMessage(
  draft: Draft,
  pending: Pending,
  said: { words: string; kind: 'question' | 'clarify' },
): BotMessage {
  const { step, place, asked } = pending
  const progress = progressOf(draft)
  const data: PorchlightData = {
    kind: said.kind,
    flow: place.flow,
    step: place.step,
    progress,
    ...('item' in step ? { instrument: step.item.instrument, item: step.item.item } : {}),
    input: inputOf(asked, draft.state.locale),
  }
  const actions = suggestions(asked, draft)
  return {
    type: 'message',
    text: said.words,
    locale: draft.state.locale,
    ...(actions ? { suggestedActions: actions } : {}),
    channelData: { porchlight: data },
  }
}

/** The trail holds each asked place once, in the order of its last asking. */
function remember(draft: Draft, place: Place): void {
  const trail = draft.state.trail.filter((one) => one.flow !== place.flow || one.step !== place.step)
  change(draft, { trail: [...trail, place] })
}
