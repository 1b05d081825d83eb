/**
 * Text messages: a port. No adapter comes with the service, since every carrier has its own; until one is given
 * nobody is texted.
 */
import type { Permit } from './exits.ts'

export interface Texting {
  /**
   * @param text.id - the same for every retry.
   * @param text.to - the number as she gave it, in E.164.
   * @throws AdmissionsError `ServiceError` when it did not go out: it is tried again.
   */
  send(text: { id: string; to: string; words: string }, permit: Permit<'send-text'>): Promise<void>
}
