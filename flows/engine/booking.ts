/**
 * A time for the first talk: offered from what is free, held while she decides, kept with the hand-off.
 *
 * The script asks the calendar and waits; the service answers inside the same turn. Somebody else may be
 * faster: then she is told, and sees what is free now.
 */
import type { Input } from '../conversation.ts'
import { change, type Draft, forget, keep, note, noted, tell } from './draft.ts'
import { bubble, phrase } from './message.ts'
import { askPending } from './question.ts'
import { fold } from './understand/fold.ts'
import { advance, rewalk, walk } from './walk.ts'

type Said = Extract<Input, { type: 'calendar-said' }>

const marks = ['note.slots', 'note.slots-found', 'note.slot-held', 'note.slot-kept']

/** What is kept of a booked time when everything else is forgotten: it still stands, and can still be moved. */
export function bookedMarks(state: Draft['state']): string[] {
  return noted(state, 'slot-kept') === null ? [] : ['slot', ...marks]
}

export function takeCalendar(draft: Draft, said: Said): void {
  switch (said.wish) {
    case 'find':
      note(draft, 'slots-found', said.slots.length > 0 ? 'yes' : 'no')
      note(draft, 'slots', said.slots.join(' '))
      break
    case 'hold':
    case 'keep':
      if (!said.ok) {
        lost(draft, said.wish)
        return
      }
      note(draft, said.wish === 'hold' ? 'slot-held' : 'slot-kept', said.start ?? '')
      break
    case 'give-back':
      givenBack(draft)
      return
  }
  advance(draft)
  walk(draft)
}

/** Taken by somebody else meanwhile: what is free now is looked up again. */
function lost(draft: Draft, wish: 'hold' | 'keep'): void {
  forget(draft, ['slot', ...marks])
  tell(draft, bubble(phrase(draft, 'slot-taken'), draft.state.locale, { kind: 'notice' }))
  if (wish === 'hold') {
    rewalk(draft)
    return
  }
  advance(draft)
  walk(draft)
}

const cancels =
  /^(?:please |i (?:want|need|would like) to |can i |id like to |quiero |necesito |puedo )*(?:cancel|drop|cancelar|anular) (?:my |the |mi |la |el )?(?:appointment|assessment|slot|time|visit|cita|hora|evaluacion)$/
const moves =
  /^(?:please |i (?:want|need|would like) to |can i |id like to |quiero |necesito |puedo )*(?:move|reschedule|change|cambiar|mover|reprogramar) (?:my |the |mi |la |el )?(?:appointment|assessment|slot|visit|cita|hora|evaluacion)$/

/** "Cancel my appointment", "move it": only where there is one. @returns whether it was one of these. */
export function changesBooking(draft: Draft, text: string): boolean {
  const isSent = draft.state.answers.review?.value !== 'dont-send'
  const start = noted(draft.state, 'slot-kept') ?? (isSent ? noted(draft.state, 'slot-held') : null)
  const folded = fold(text)
  const isMove = moves.test(folded)
  if (start === null || !(isMove || cancels.test(folded))) return false
  if (isMove) note(draft, 'slot-moves', 'yes')
  draft.effects.push({ type: 'calendar', wish: 'give-back', start })
  return true
}

/** A time for a call goes with the permission for it. @returns whether there was one. */
export function endBooking(draft: Draft): boolean {
  const start = noted(draft.state, 'slot-kept') ?? noted(draft.state, 'slot-held')
  if (start === null) return false
  note(draft, 'slot-ends', 'yes')
  draft.effects.push({ type: 'calendar', wish: 'give-back', start })
  return true
}

function givenBack(draft: Draft): void {
  if (noted(draft.state, 'slot-ends') !== null) {
    forget(draft, ['slot', 'note.slot-ends', ...marks])
    keep(draft, 'slot', { value: 'none', said: '' })
    return
  }
  const isMove = noted(draft.state, 'slot-moves') !== null
  forget(draft, ['slot', 'note.slot-moves', ...marks])
  if (!isMove) {
    keep(draft, 'slot', { value: 'none', said: '' })
    askPending(draft, true, phrase(draft, 'slot-cancelled'))
    return
  }
  tell(draft, bubble(phrase(draft, 'slot-moving'), draft.state.locale, { kind: 'notice' }))
  change(draft, { disposition: null })
  rewalk(draft)
}
