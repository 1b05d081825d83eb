/**
 * A script's wish to the calendar: what is free, that a time be held, that it be kept.
 */
import { type Draft, noted } from './draft.ts'
import type { Deed } from './flow.ts'

type Wish = Extract<Deed, { type: 'calendar' }>['wish']

/** Each wish once for what it rests on, however often the script is walked again. */
export function askCalendar(draft: Draft, wish: Wish): 'on' | 'stop' {
  const start = chosen(draft)
  const isDone =
    wish === 'find'
      ? noted(draft.state, 'slots-found') !== null
      : start === null || noted(draft.state, wish === 'hold' ? 'slot-held' : 'slot-kept') === start
  if (isDone) return 'on'
  draft.effects.push({ type: 'calendar', wish, start })
  return 'stop'
}

function chosen(draft: Pick<Draft, 'state'>): string | null {
  const value = draft.state.answers.slot?.value
  return typeof value === 'string' && value !== 'none' ? value : null
}
