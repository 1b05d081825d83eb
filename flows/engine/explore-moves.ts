/**
 * What a visitor may do at a place, and what may come of it: the moves of the explorer.
 */
import type { ConversationState, Effect, PayerFound, Transition } from '../conversation.ts'
import { screen } from '../safety/screen.ts'
import { Instant } from '../vocabulary.ts'
import type { World } from './context.ts'
import { CLOSING_FLOW, stepAt } from './library.ts'
import { type Asked, askedBy } from './message.ts'
import { step } from './step.ts'

/** A night in November; the explorer's clock stands still. */
export const AT = Instant.parse('2026-11-21T07:10:00.000Z')

const payers: readonly PayerFound['state'][] = [
  'listed',
  'listed-with-condition',
  'not-listed',
  'employer',
  'medicare',
  'medicaid',
  'self-pay',
  'none',
  'unrecognised',
]

/** Chosen by nobody: the time of a script's own wait runs out. */
const TIME_OVER = '(time over)'
const AFTER_ANY_WAIT = Instant.parse('2026-11-23T07:10:00.000Z')

/** All states that may follow one message; a payer that is looked up may be anything. */
export function say(world: World, state: ConversationState, text: string): ConversationState[] {
  if (text === TIME_OVER) return [step(world, state, { type: 'time-passed', at: AFTER_ANY_WAIT }).state]
  const first = step(world, state, { type: 'message', message: screen({ text }, state.said), at: AT })
  const asked = first.effects.find((effect) => effect.type === 'look-up-payer')
  if (asked?.type !== 'look-up-payer') return [answeredByHouse(world, first)]
  return payers.flatMap((kind) => {
    const found: PayerFound = {
      state: kind,
      payer: asked.said,
      listedAs: null,
      condition: null,
      asOf: null,
      second: null,
    }
    return [answeredByHouse(world, step(world, first.state, { type: 'payer-found', said: asked.said, found, at: AT }))]
  })
}

const SLOT = '2026-11-23T15:00:00.000Z'

/**
 * What the house answers within the same turn: the calendar has a time, and one that is held is kept; a code is
 * made; under no code is a talk found. Until then nobody is waited for.
 */
export function answeredByHouse(world: World, { state, effects }: Transition): ConversationState {
  const asked = effects.findLast((effect) => answeredInTurn.includes(effect.type))
  if (asked?.type === 'calendar') {
    const slots = asked.wish === 'find' ? [SLOT] : []
    return answeredByHouse(world, step(world, state, { ...asked, type: 'calendar-said', ok: true, slots, at: AT }))
  }
  if (asked?.type === 'issue-return-code')
    return answeredByHouse(world, step(world, state, { type: 'return-code-issued', code: CODE, at: AT }))
  if (asked?.type === 'look-up-saved')
    return answeredByHouse(world, step(world, state, { type: 'saved-found', saved: null, at: AT }))
  return state
}

const answeredInTurn: readonly Effect['type'][] = ['calendar', 'issue-return-code', 'look-up-saved']
const CODE = 'ABCDE-23456'

export function pending(world: World, state: ConversationState): Asked | null {
  const place = state.stack.at(-1)
  return place ? askedBy(stepAt(world.flows, place), { world, state, at: AT }) : null
}

const byField: Readonly<Record<string, readonly string[]>> = {
  age: ['34', '16'],
  payer: ['Aetna', 'no-insurance'],
  'address-level1': ['NJ', 'FL'],
  'given-name': ['Ana'],
  tel: ['609 555 2368', '98201 23456'],
  email: ['ana@example.org'],
  'member-id': ['W123456789'],
}

export function answersAt(world: World, state: ConversationState): string[] {
  if (state.crisis?.open) return ['continue']
  const asked = pending(world, state)
  if (!asked || state.stack.at(-1)?.flow === CLOSING_FLOW) return []
  const here = stepAt(world.flows, state.stack.at(-1)!)
  const runsOut = here && 'wait' in here && here.minutes !== undefined ? [TIME_OVER] : []
  const chosen = asked.options
    .map((option) => option.value)
    .filter((value) => value !== 'person' && value !== 'start-over')
  const own = byField[asked.field ?? ''] ?? (asked.input === 'text' ? ['Something in my words'] : [])
  const several = asked.input === 'multi' && chosen.length > 2 ? [chosen.slice(1).join(', ')] : []
  return [...runsOut, ...chosen, ...own, ...several, ...(asked.isOptional && !asked.isOpen ? ['skip'] : [])]
}
