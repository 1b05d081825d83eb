/**
 * Times in words: promises as a countdown, moments as the desk's own clock says them.
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

function spanWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export function clockWords(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}
