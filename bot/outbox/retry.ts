/**
 * When something is tried again: by the number of tries so far, and not before the other side says so.
 */

/** Standard Webhooks' retry times: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
const RETRY_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
/** Pages that nobody acknowledged before the manager is called as well: about three minutes. */
export const MANAGER_FROM = 2
/** Nobody is believed who wants to be asked again later than this. */
const LONGEST_WAIT_MS = 86_400_000

/** @returns `never` when every try is used up. @param notBefore - an instant, as the other side said. */
export function nextRetry(attempts: number, now: Date, notBefore: string | null = null): string {
  const seconds = RETRY_S[attempts]
  if (seconds === undefined) return 'never'
  const planned = new Date(now.getTime() + seconds * 1000).toISOString()
  return notBefore !== null && notBefore > planned ? notBefore : planned
}

/** `Retry-After` as seconds or as a date, as an instant within a day from now; null when there is none. */
export function retryAfter(header: string | null, now: Date): string | null {
  if (header === null) return null
  const at = /^\d{1,9}$/.test(header) ? now.getTime() + Number(header) * 1000 : Date.parse(header)
  if (Number.isNaN(at)) return null
  return new Date(Math.min(at, now.getTime() + LONGEST_WAIT_MS)).toISOString()
}
