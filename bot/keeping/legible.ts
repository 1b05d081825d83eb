/**
 * One record that cannot be opened hides none of the others: a list goes on without its words, and who writes
 * in a talk that cannot be opened is told to begin a new one.
 */
import type { Logger } from 'pino'
import { AdmissionsError } from '../errors.ts'

/** null for a record that is broken or sealed with another key; every other fault goes on. */
export function nullIfIllegible(error: unknown): null {
  if (error instanceof AdmissionsError && error.code === 'KEY_UNREADABLE') return null
  throw error
}

/** What is opened, or this in its place where the record is broken or sealed with another key. */
export function unlessIllegible<T, U>(open: () => T, instead: U): T | U {
  try {
    return open()
  } catch (error) {
    nullIfIllegible(error)
    return instead
  }
}

/**
 * The visitor's own talk: one that cannot be opened is over for her, and the log says which it was.
 *
 * @throws AdmissionsError `NotFound` with its cause, upon which a client begins a new talk and says so.
 */
export async function overIfIllegible<T>({ log }: { log: Logger }, conversation: string, talk: Promise<T>): Promise<T> {
  try {
    return await talk
  } catch (cause) {
    nullIfIllegible(cause)
    log.error({ event: 'conversation.unreadable', conversation, code: 'KEY_UNREADABLE' })
    throw new AdmissionsError('NotFound', 'This conversation cannot be opened any more: start a new one.', { cause })
  }
}
