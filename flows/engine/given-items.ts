/**
 * What was answered of an instrument, an item that two instruments share being asked only once.
 *
 * The first two questions of the PHQ-9 are those of the PHQ-2, word for word and under the same LOINC
 * code: whoever answered them is not asked again, and the longer form still has its total.
 */
import type { ConversationState } from '../conversation.ts'
import { GATE, type Instrument, type Item } from './instrument.ts'
import type { FlowLibrary } from './library.ts'
import { isLeftOut } from './review.ts'
import type { ItemAnswers } from './score.ts'

/** @returns linkId → answer, the gate included; null while no item of this instrument itself was answered. */
export function givenItems(library: FlowLibrary, state: ConversationState, instrument: Instrument): ItemAnswers | null {
  const names = [...(instrument.gate ? [GATE] : []), ...instrument.items.map((item) => item.linkId)]
  const own = (name: string): string | null | undefined =>
    state.answers[`${instrument.id}.${name}`]?.value as string | null | undefined
  if (names.every((name) => own(name) === undefined)) return null
  const shared = new Map(instrument.items.map((item) => [item.linkId, elsewhere(library, state, item)]))
  return Object.fromEntries(names.map((name) => [name, own(name) === undefined ? shared.get(name) : own(name)]))
}

function elsewhere(library: FlowLibrary, state: ConversationState, item: Item): string | null | undefined {
  if (item.loinc === null) return undefined
  for (const other of library.instruments.values()) {
    const same = other.items.find((one) => one.loinc === item.loinc && one.text === item.text)
    const given = same && !isLeftOut(state, other.id) ? state.answers[`${other.id}.${same.linkId}`] : undefined
    if (given !== undefined) return given.value as string | null
  }
  return undefined
}
