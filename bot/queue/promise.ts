/**
 * When a lead's promise is due: minutes of staffed time after it opened.
 *
 * Danger is due at once, day and night. Everything else counts from the next staffed minute, so a
 * lead of two in the morning is due shortly after the shift starts, which is what was promised.
 */
import type { ProgramProfile } from '../../flows/conversation.ts'
import { promiseFor } from '../../flows/engine/promise.ts'
import type { Route } from '../../flows/vocabulary.ts'
import { Instant } from '../../flows/vocabulary.ts'

/** @returns an ISO instant, or null when the program promises nothing for this route. */
export function promiseDueAt(profile: ProgramProfile, route: Route, at: string): string | null {
  return promiseFor(profile, route, Instant.parse(at)).dueAt
}
