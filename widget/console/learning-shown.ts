/**
 * What the lists of the page of unanswered questions share: what they show, and where the keyboard goes next.
 */
import type { LearningState, OpenForm } from './learning-state.ts'

export interface LearningShown {
  readonly learning: LearningState
  /** Who is signed in. */
  readonly me: string
  /** Milliseconds. */
  readonly now: number
}

/** To what was done, once the page shows it, or to what is to be mended: what was clicked may be gone. */
export function after(deed: Promise<boolean>): void {
  void deed.then((isDone) => focusSoon(isDone ? '.learning .done' : '.learning .faults'))
}

/** Opens a form with the keyboard in its first field. */
export function openForm(learning: LearningState, form: OpenForm): void {
  learning.openForm(form)
  focusSoon('.learning form :is(textarea, input)')
}

function focusSoon(place: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(place)?.focus())
}
