/**
 * A visitor who has gone quiet: a gentle reminder, later the promise of what happens, then nothing more.
 *
 * The engine has no clock. It says when the conversation should wake, the house stores that and gives the
 * time back as `time-passed`; what is due then is read from the state alone, so a wake that comes twice, late
 * or after a restart says nothing a second time. A script's own `wait` for a time runs by the same clock.
 */
import type { ConversationState } from '../conversation.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import type { Instant } from '../vocabulary.ts'
import { pendingCheckIn, tellCheckIn } from './check-in.ts'
import { speakUpInDanger } from './crisis.ts'
import { medical } from './crisis-words.ts'
import { change, type Draft, keep, noted, tell } from './draft.ts'
import { answerOf, type Step } from './flow.ts'
import { stepAt } from './library.ts'
import { bubble, phrase } from './message.ts'
import type { PhraseName } from './phrases.ts'
import { askPending, pendingOf } from './question.ts'
import { advance, walk } from './walk.ts'

const MINUTE_MS = 60_000
/** In one silence: the reminder and the promise. */
const EACH_AT_MOST = 2
/** In one conversation: whoever comes and goes is not followed about. */
const ALL_AT_MOST = 4
/** A reminder that comes later than this, after a stop of the service, would be odd and is left out. */
const LATE_MINUTES = 60

/** Kept as the answer of a `wait` whose time has run out, or that staff have ended by coming. */
const TIME_PASSED = 'time-passed'
export const STAFF_CAME = 'staff-came'

/** Words on a screen that somebody else may watch are no kindness. */
const neverReminded: readonly DangerLabel[] = ['violence_victim', 'child_abuse']

type Silence = NonNullable<ConversationState['silence']>
interface Due {
  readonly what: 'reminder' | 'promise' | 'wait'
  readonly at: Instant
}

/** Notes that the visitor was heard, or that something else happened: silence is counted from here. */
export function heardFrom(draft: Draft, isVisitor: boolean): void {
  const before = draft.state.silence
  if (!before && !isVisitor) return
  const { said = 0, all = 0, wakesAt = null, wait = null } = before ?? {}
  change(draft, { silence: { since: draft.at, said: isVisitor ? 0 : said, all, wakesAt, wait } })
}

/** Asks the house to wake the conversation, unless it does so in time already. Last of every step. */
export function armWake(draft: Draft): void {
  noteWait(draft)
  const due = dueOf(draft)
  const { silence } = draft.state
  if (!due || !silence || (silence.wakesAt !== null && silence.wakesAt <= due.at)) return
  change(draft, { silence: { ...silence, wakesAt: due.at } })
  draft.effects.push({ type: 'wake', at: due.at })
}

/** Whether a stored wake still has its reason: one that was carried out before is passed over. */
export function isWakeDue(state: ConversationState, at: Instant): boolean {
  const wakesAt = state.silence?.wakesAt ?? null
  return wakesAt !== null && wakesAt <= at
}

export function takeTimePassed(draft: Draft): void {
  const due = dueOf(draft)
  const { silence } = draft.state
  if (!silence) return
  change(draft, { silence: { ...silence, wakesAt: null } })
  if (!due || due.at > draft.at) return
  if (due.what === 'wait') {
    endWait(draft, TIME_PASSED)
    return
  }
  const isLate = Date.parse(draft.at) - Date.parse(due.at) > LATE_MINUTES * MINUTE_MS
  const next = { ...silence, wakesAt: null, since: draft.at, said: isLate ? EACH_AT_MOST : silence.said + 1 }
  change(draft, { silence: isLate ? next : { ...next, all: silence.all + 1 } })
  if (!isLate) speakUp(draft, due.what)
}

/** Goes on past a `wait`. @returns false when the script waits at none for this reason. */
export function endWait(draft: Draft, why: typeof TIME_PASSED | typeof STAFF_CAME): boolean {
  const pending = pendingOf(draft)
  if (!pending || !('wait' in pending.step)) return false
  if (why === STAFF_CAME && pending.step.for !== 'staff') return false
  keep(draft, answerOf(pending.step)!, { value: why, said: '' })
  advance(draft)
  walk(draft)
  return true
}

function noteWait(draft: Draft): void {
  const place = draft.state.stack.at(-1)
  const step = place ? stepAt(draft.world.flows, place) : null
  const name = place && isTimed(step) ? `${place.flow}/${place.step}` : null
  const { silence } = draft.state
  if ((silence?.wait?.place ?? null) === name) return
  const wait = name === null ? null : { place: name, from: draft.at }
  const before = silence ?? { since: draft.at, said: EACH_AT_MOST, all: 0, wakesAt: null }
  change(draft, { silence: { ...before, wait } })
}

function isTimed(step: Step | null): step is Extract<Step, { wait: unknown }> & { minutes: number } {
  return step !== null && 'wait' in step && step.minutes !== undefined
}

function dueOf(draft: Draft): Due | null {
  const { state } = draft
  const { silence } = state
  if (!silence || state.staff !== null) return null
  const place = state.stack.at(-1)
  const step = place ? stepAt(draft.world.flows, place) : null
  if (isTimed(step) && silence.wait && !state.crisis?.open)
    return { what: 'wait', at: later(silence.wait.from, step.minutes) }
  if (!mayRemind(draft, silence)) return null
  const { remindAfterMinutes, dangerAfterMinutes, promiseAfterMinutes } = draft.world.flows.phrases.quiet
  if (silence.said > 0) return { what: 'promise', at: later(silence.since, promiseAfterMinutes) }
  const isDanger = state.crisis?.open || pendingCheckIn(draft) !== null
  return { what: 'reminder', at: later(silence.since, isDanger ? dangerAfterMinutes : remindAfterMinutes) }
}

/** Only in the middle of something: not after an ending, not while an open question waits for any wish. */
function mayRemind(draft: Draft, silence: Silence): boolean {
  const { crisis, disposition } = draft.state
  if (silence.said >= EACH_AT_MOST || silence.all >= ALL_AT_MOST) return false
  if (crisis && neverReminded.includes(crisis.label)) return false
  if (crisis?.open || pendingCheckIn(draft) !== null) return true
  const pending = pendingOf(draft)
  return disposition === null && pending !== null && (!pending.asked.isOpen || crisis !== null)
}

function speakUp(draft: Draft, what: 'reminder' | 'promise'): void {
  const words = phrase(draft, wordsFor(draft, what))
  const checked = pendingCheckIn(draft)
  if (draft.state.crisis?.open) speakUpInDanger(draft, words, what === 'reminder')
  else if (checked === null) askPending(draft, true, words)
  else {
    tell(draft, bubble(words, draft.state.locale, { kind: 'notice' }))
    tellCheckIn(draft, checked, true)
  }
}

function wordsFor(draft: Draft, what: 'reminder' | 'promise'): PhraseName {
  const known = draft.state.crisis?.label ?? noted(draft.state, 'alerted')
  if (what === 'promise') return known === null ? 'quiet-promise' : 'quiet-danger-promise'
  const label = known ?? pendingCheckIn(draft)
  if (label === null) return 'quiet'
  return medical.includes(label as DangerLabel) ? 'quiet-medical' : 'quiet-danger'
}

function later(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString() as Instant
}
