/**
 * Everything that the engine reads: flows, instruments, routing, the crisis protocol and its words.
 *
 * Built once from file texts by `readFlows`; afterwards it is a value that never changes, named by a
 * hash of its content, so a conversation can say which version it was started with.
 */

import type { Flow, Step } from './flow.ts'
import { type Instrument, type Item, itemsOf } from './instrument.ts'
import type { PhraseScript } from './phrases.ts'
import type { CrisisScript } from './protocol.ts'
import type { Routing } from './routing.ts'

export interface FlowLibrary {
  readonly flows: ReadonlyMap<string, Flow>
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly routing: Routing
  readonly crisis: CrisisScript
  readonly phrases: PhraseScript
  /** Content hash of all files. */
  readonly version: string
}

/** One mistake in a file: where it is, what it is and how to mend it. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly severity: 'problem' | 'warning'
}

export const ROOT_FLOW = 'main'
export const CLOSING_FLOW = 'closing'
export const SAVE_FLOW = 'save'
export const COME_BACK_FLOW = 'come-back'

export function stepAt(library: FlowLibrary, place: { flow: string; step: string }): Step | null {
  const flow = library.flows.get(place.flow)
  return flow?.steps[indexOf(flow, place.step)] ?? null
}

/** Where each step stands in its flow, worked out once: a turn looks steps up by the hundred. */
const indexes = new WeakMap<Flow, ReadonlyMap<string, number>>()

/** @returns -1 where the flow has no such step; of two with one name the first counts. */
export function indexOf(flow: Flow, id: string): number {
  let known = indexes.get(flow)
  if (!known) {
    known = new Map(flow.steps.map((step, index) => [step.id, index] as const).reverse())
    indexes.set(flow, known)
  }
  return known.get(id) ?? -1
}

export function itemOf(
  library: FlowLibrary,
  named: { instrument: string; item: string },
): { instrument: Instrument; item: Item } | null {
  const instrument = library.instruments.get(named.instrument)
  const item = instrument && itemsOf(instrument).find((one) => one.linkId === named.item)
  return instrument && item ? { instrument, item } : null
}

/**
 * A short fingerprint of a text (two 32-bit mixes, 16 hex digits): tells versions apart, no secret.
 *
 * @see bryc, cyrb53, public domain; the same mixing with both halves kept.
 */
export function fingerprint(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
