/**
 * The desk's keys: one table for the keyboard, the help and the tests.
 *
 * Single letters can be switched off, as those who speak to their computer need.
 */
export type KeyDeed =
  | 'next'
  | 'previous'
  | 'claim'
  | 'chat'
  | 'write'
  | 'close'
  | 'later'
  | 'pass'
  | 'undo'
  | 'shift'
  | 'release'
  | 'open-alarm'
  | 'silence'
  | 'search'
  | 'order'
  | 'waiting'
  | 'taken'
  | 'closed'
  | 'unanswered'
  | 'figures'
  | 'glass'
  | 'hold'
  | 'back'
  | 'keys'

export interface Key {
  /** As `KeyboardEvent.key` gives it, in lower case. */
  readonly keys: readonly string[]
  readonly deed: KeyDeed
  readonly does: string
}

export const deskKeys: readonly Key[] = [
  { keys: ['j', 'arrowdown'], deed: 'next', does: 'next row; Enter shows it' },
  { keys: ['k', 'arrowup'], deed: 'previous', does: 'row before' },
  { keys: ['c'], deed: 'claim', does: 'claim' },
  { keys: ['t'], deed: 'chat', does: 'join the chat, or hand it back' },
  { keys: ['m'], deed: 'write', does: 'write to the visitor' },
  { keys: ['x'], deed: 'close', does: 'close with an outcome' },
  { keys: ['l'], deed: 'later', does: 'try again later' },
  { keys: ['p'], deed: 'pass', does: 'hand it to a colleague' },
  { keys: ['z'], deed: 'undo', does: 'undo a close' },
  { keys: ['r'], deed: 'release', does: 'release' },
  { keys: ['a'], deed: 'open-alarm', does: 'show who the alarm is for' },
  { keys: ['s'], deed: 'silence', does: 'silence the alarm' },
  { keys: ['/'], deed: 'search', does: 'search' },
  { keys: ['g'], deed: 'order', does: 'put the queue in its newest order' },
  { keys: ['1'], deed: 'waiting', does: 'who waits' },
  { keys: ['2'], deed: 'taken', does: 'who is taken' },
  { keys: ['3'], deed: 'closed', does: 'what is closed' },
  { keys: ['d'], deed: 'shift', does: 'this shift' },
  { keys: ['u'], deed: 'unanswered', does: 'unanswered questions' },
  { keys: ['f'], deed: 'figures', does: 'figures' },
  { keys: ['b'], deed: 'glass', does: 'open a lead of another program, with a reason' },
  { keys: ['h'], deed: 'hold', does: 'place or lift a legal hold (administrators)' },
  { keys: ['escape'], deed: 'back', does: 'back to the queue' },
  { keys: ['?'], deed: 'keys', does: 'show or hide this' },
]

/** What a key asks for; null while somebody types, with a modifier, or when letters are switched off. */
export function deedOf(event: KeyboardEvent, lettersAreOn: boolean): KeyDeed | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null
  const key = event.key.toLowerCase()
  const target = event.target as HTMLElement
  const isTyping = target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]')
  if (isTyping) return key === 'escape' ? 'back' : null
  if (!lettersAreOn && key.length === 1) return null
  if (key.startsWith('arrow') && !target.matches('.row, body')) return null
  return deskKeys.find(({ keys }) => keys.includes(key))?.deed ?? null
}
