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

/** The last turns without her answers to such questions. */
export function saidWithoutNames(house: House, { state }: LiveConversation): readonly SaidBefore[] {
  const given = Object.values(state.answers).filter(({ place }) => isIdentifying(house, place))
  const told = new Set(given.map(({ said }) => said))
  return state.said.filter(({ role, text }) => role === 'bot' || !told.has(text))
}

function isIdentifying({ world }: House, place: Place): boolean {
  const step = stepAt(world.flows, place)
  if (step === null || !('input' in step)) return false
  return IDENTIFYING.test(step.field ?? '') || ['phone', 'email', 'member-id'].includes(step.input)
}
