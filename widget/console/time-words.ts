/**
 * Times in words: promises as a countdown, moments as this desk's own clock says them.
 */
const MINUTE_MS = 60_000

/** "due in 12 min", "18 min late", "no time promised". */
export function promiseWords(dueAt: string | null, now: number): { text: string; isLate: boolean } {
  if (dueAt === null) return { text: 'no time promised', isLate: false }
  const minutes = Math.round((Date.parse(dueAt) - now) / MINUTE_MS)
  if (minutes < 0) return { text: `${spanWords(-minutes)} late`, isLate: true }
  return { text: minutes === 0 ? 'due now' : `due in ${spanWords(minutes)}`, isLate: false }
}

export function agoWords(at: string, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(at)) / MINUTE_MS))
  return minutes === 0 ? 'just now' : `${spanWords(minutes)} ago`
}

/** "12 min", "3 h", "3 h 5 min", "2 d 4 h". */
export function spanWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** "02:10", and "Mon 02:10" on another day than today. @param now - milliseconds. */
export function clockWords(at: string, now: number): string {
  const moment = new Date(at)
  const time = moment.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
  if (moment.toDateString() === new Date(now).toDateString()) return time
  return `${moment.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`
}

/** What the visitor's own clock shows, when it differs from this desk's; else null. */
export function theirClock(timeZone: string, now: number): string | null {
  const shown = { hour: 'numeric', minute: '2-digit' } as const
  const theirs = new Date(now).toLocaleTimeString(undefined, { ...shown, timeZone })
  return theirs === new Date(now).toLocaleTimeString(undefined, shown) ? null : theirs
}
