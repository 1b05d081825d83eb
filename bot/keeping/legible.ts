/**
 * One record that cannot be opened hides none of the others: a list goes on without its words.
 */
import { AdmissionsError } from '../errors.ts'

/** null for a record that is broken or sealed with another key; every other fault goes on. */
export function nullIfIllegible(error: unknown): null {
  if (error instanceof AdmissionsError && error.code === 'KEY_UNREADABLE') return null
  throw error
}
