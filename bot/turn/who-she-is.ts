/**
 * Answers that say who somebody is: no model outside is shown them, since a name in small letters has no mark.
 */
import type { Place } from '../../flows/conversation.ts'
import { stepAt } from '../../flows/engine/library.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'
import type { House } from '../house.ts'
import type { LiveConversation } from './conversations.ts'

/** By HTML's autofill names, which the scripts' fields carry, and those of the person who holds a plan. */
const IDENTIFYING = /name$|bday$|^tel|^phone|^email|^address|^street|^postal-code|^member-id|^group-number/

/** Does the question that stands wait for a name, a day of birth, a number or an address? */
export function asksWhoSheIs(house: House, { state }: LiveConversation): boolean {
  const place = state.stack.at(-1)
  return place !== undefined && isIdentifying(house, place)
}

/** The last turns without her answers to such questions, and without these words wherever else they stand, a summary of ours included. */
export function saidWithoutNames(house: House, live: LiveConversation): readonly SaidBefore[] {
  const told = new Set(identifyingAnswers(house, live).map(({ said }) => said))
  const said = live.state.said.filter(({ role, text }) => role === 'bot' || !told.has(text))
  return said.map((turn) => ({ ...turn, text: withoutHers(house, live, turn.text) }))
}

const SHORTEST_WORD = 3

/** A text without the names, numbers and addresses that she has given, in whatever letters they stand. */
export function withoutHers(house: House, live: LiveConversation, text: string): string {
  const words = identifyingAnswers(house, live)
    .flatMap(({ value }) => (typeof value === 'string' ? [value, ...value.split(/\s+/)] : []))
    .filter((word) => word.length >= SHORTEST_WORD)
  return words
    .toSorted((one, other) => other.length - one.length)
    .reduce(
      (kept, word) => kept.replaceAll(new RegExp(word.replaceAll(/[^\p{L}\p{N}\s]/gu, '\\$&'), 'gi'), '[name]'),
      text,
    )
}

function identifyingAnswers(house: House, { state }: LiveConversation) {
  return Object.values(state.answers).filter(({ place }) => isIdentifying(house, place))
}

function isIdentifying({ world }: House, place: Place): boolean {
  const step = stepAt(world.flows, place)
  if (step === null || !('input' in step)) return false
  return IDENTIFYING.test(step.field ?? '') || ['phone', 'email', 'member-id'].includes(step.input)
}
