/**
 * What a turn changed of a state: a twentieth of the whole, kept in the turn's own record.
 *
 * A turn adds an answer, a place and two lines of what was said; the rest stays the same object. Between
 * two whole copies a state is therefore stored as these changes, and read by making them again in their order.
 */
import type { ConversationState } from '../../flows/conversation.ts'
import { jsonPiece } from './stored-state.ts'

type State = ConversationState

/** Fields that are not listed here are written whole when they have changed; there is little in them. */
const apart: ReadonlySet<string> = new Set(['answers', 'trail', 'said'])

/** As it is read again; each field is there only when it says something. */
interface Change {
  /** Answers given or changed, in their order. */
  readonly a?: State['answers']
  /** Names of answers taken back. */
  readonly g?: readonly string[]
  /** All answers, when their order is another. */
  readonly A?: State['answers']
  /** Of the places so many are forgotten, then so many stay, then these follow. */
  readonly t?: readonly [number, number, ...State['trail']]
  /** The same of what was said. */
  readonly s?: readonly [number, number, ...State['said']]
  /** Other fields, whole. */
  readonly o?: Partial<State>
  /** Other fields that are absent now. */
  readonly x?: readonly (keyof State)[]
}

/** As JSON. */
export function writeChange(before: State, after: State): string {
  const parts = [
    changedAnswers(before.answers, after.answers),
    changedList('t', before.trail, after.trail),
    changedList('s', before.said, after.said),
    changedOthers(before, after),
  ]
  return `{${parts.filter(Boolean).join()}}`
}

export function applyChange(before: State, change: unknown): State {
  const { a, g, A, t, s, o, x } = change as Change
  const state = { ...before, ...o }
  for (const name of x ?? []) delete state[name]
  if (A ?? a ?? g) state.answers = A ?? { ...without(before.answers, g ?? []), ...a }
  if (t) state.trail = applyList(before.trail, t)
  if (s) state.said = applyList(before.said, s)
  return state
}

/** Answers that stay come first, in the order in which they were, and new ones after them; else all are written. */
function changedAnswers(before: State['answers'], after: State['answers']): string {
  if (before === after) return ''
  const names = Object.keys(after)
  const gone: string[] = []
  let stay = 0
  for (const name of Object.keys(before)) {
    if (names[stay] === name) stay += 1
    else if (Object.hasOwn(after, name)) return `"A":{${given(names, {}, after)}}`
    else gone.push(name)
  }
  const changed = given(names, before, after)
  return [changed && `"a":{${changed}}`, gone.length > 0 ? `"g":${JSON.stringify(gone)}` : ''].filter(Boolean).join()
}

function given(names: readonly string[], before: State['answers'], after: State['answers']): string {
  let pieces = ''
  for (const name of names)
    if (before[name] !== after[name]) pieces += `${pieces && ','}${JSON.stringify(name)}:${jsonPiece(after[name]!)}`
  return pieces
}

function without(answers: State['answers'], gone: readonly string[]): State['answers'] {
  if (gone.length === 0) return answers
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !gone.includes(name)))
}

function changedList(name: 't' | 's', before: readonly object[], after: readonly object[]): string {
  if (before === after) return ''
  const forgotten = after[0] === undefined ? 0 : Math.max(0, before.indexOf(after[0]))
  let stay = 0
  while (stay < after.length && before[forgotten + stay] === after[stay]) stay += 1
  if (forgotten === 0 && stay === after.length && stay === before.length) return ''
  return `"${name}":[${[forgotten, stay, ...after.slice(stay).map(jsonPiece)].join()}]`
}

function applyList<One>(
  before: readonly One[],
  [forgotten, stay, ...more]: readonly [number, number, ...One[]],
): One[] {
  return [...before.slice(forgotten, forgotten + stay), ...more]
}

function changedOthers(before: State, after: State): string {
  let changed = ''
  const absent: string[] = []
  for (const name in before) if (!(name in after) || after[name as keyof State] === undefined) absent.push(name)
  for (const name in after) {
    const was = before[name as keyof State]
    const is = after[name as keyof State]
    if (was === is || is === undefined || apart.has(name)) continue
    const json = jsonOf(is)
    if (json !== jsonOf(was)) changed += `${changed && ','}"${name}":${json}`
  }
  const parts = [changed && `"o":{${changed}}`, absent.length > 0 ? `"x":${JSON.stringify(absent)}` : '']
  return parts.filter(Boolean).join()
}

function jsonOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? jsonPiece(value) : JSON.stringify(value)
}
