/**
 * Walks through our own scripts for the ear's generated lines: a message is heard as it is said to be, no gate asked.
 */
import type { BotMessage } from '../flows/activity.ts'
import type { ConversationState, Input } from '../flows/conversation.ts'
import { newConversation, step, type World } from '../flows/engine/step.ts'
import type { ScreenedMessage } from '../flows/safety/screen.ts'
import type { Verdict } from '../flows/safety/verdict.ts'
import { Instant, type Locale, ProgramId } from '../flows/vocabulary.ts'
import { readHouseFlows } from './house-lines.ts'

const at = Instant.parse('2026-11-21T07:10:00.000Z')

const world: World = {
  flows: readHouseFlows(),
  program: {
    id: ProgramId.parse('inspira'),
    name: { en: 'Inspira', es: 'Inspira' },
    region: 'US',
    servedStates: ['NJ'],
    timeZone: 'America/New_York',
    staffedHours: { 1: ['09:00', '17:00'] },
    promiseMinutes: { 'iop-fit': 60 },
  },
}

/** A talk that has just been opened. */
export function begin(locale: Locale): Taken {
  const state = newConversation(world.flows, { program: world.program, locale, at })
  return take({ state, last: null }, { type: 'open', at })
}

export function heardAs(text: string, heard: Omit<Verdict, 'signals'>): Input {
  const verdict = { ...heard, signals: [] }
  return { type: 'message', message: { text, fields: {}, verdict } as unknown as ScreenedMessage, at }
}

/** Here nobody is in danger by construction, so the talk goes on whatever a gate would think. */
export function calmly(text: string): Input {
  return heardAs(text, { outcome: 'go-on', label: 'none', who: 'self' })
}

export interface Taken {
  state: ConversationState
  last: BotMessage | null
}

export function take(taken: Taken, input: Input): Taken {
  const inputs = [input]
  let { state, last } = taken
  for (let next = inputs.shift(); next; next = inputs.shift()) {
    const done = step(world, state, next)
    state = done.state
    for (const effect of done.effects) {
      if (effect.type === 'say') last = effect.message
      if (effect.type === 'answer-question') inputs.push(answered(effect.question, state.locale))
      if (effect.type === 'look-up-payer') {
        inputs.push({
          type: 'payer-found',
          said: effect.said,
          at,
          found: { state: 'not-listed', payer: null, listedAs: null, condition: null, asOf: null },
        })
      }
    }
  }
  return { state, last }
}

function answered(question: string, locale: Locale): Input {
  const text =
    locale === 'es-US'
      ? 'No tengo eso. Paso su pregunta al equipo.'
      : "I don't have that. I'll pass your question on to the team."
  return {
    type: 'answered',
    question,
    at,
    answer: { kind: 'no-answer', text, locale, facts: [], offers: [], unanswered: true, isQuestion: true },
  }
}
