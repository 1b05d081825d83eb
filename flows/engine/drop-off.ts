/**
 * Where people stop: for each question how many were asked it, and how many wrote no more after it.
 *
 * Numbers only. Who was handed off, said goodbye or has a person of the staff with her has not stopped, and
 * somebody in danger is no figure of a script.
 */
import type { ConversationState } from '../conversation.ts'

export interface StepCount {
  readonly asked: number
  readonly stopped: number
}

/** `flow/step` → its counts. */
export type DropOff = ReadonlyMap<string, StepCount>

export function countDropOff(states: Iterable<ConversationState>): DropOff {
  const counts = new Map<string, StepCount>()
  for (const state of states) {
    const stopped = stoppedAt(state)
    for (const place of new Set([...state.trail.map(nameOf), ...(stopped === null ? [] : [stopped])])) {
      const { asked, stopped: before } = counts.get(place) ?? { asked: 0, stopped: 0 }
      counts.set(place, { asked: asked + 1, stopped: before + (place === stopped ? 1 : 0) })
    }
  }
  return counts
}

function stoppedAt({ disposition, crisis, staff, stack }: ConversationState): string | null {
  const place = stack.at(-1)
  return place === undefined || disposition !== null || crisis?.open || staff !== null ? null : nameOf(place)
}

function nameOf({ flow, step }: { flow: string; step: string }): string {
  return `${flow}/${step}`
}

/** Share of those asked who stopped, 0–1. */
export function shareOf({ asked, stopped }: StepCount): number {
  return asked === 0 ? 0 : stopped / asked
}

/** Few people make no pattern; from here on a share is marked. */
const MARKED_FROM = { asked: 10, share: 0.1 }

export function isMarked(count: StepCount): boolean {
  return count.asked >= MARKED_FROM.asked && shareOf(count) >= MARKED_FROM.share
}

/** "stopped 4 of 31 (13 %)" */
export function describeCount(count: StepCount): string {
  return `stopped ${count.stopped} of ${count.asked} (${Math.round(100 * shareOf(count))} %)`
}
