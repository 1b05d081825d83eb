/**
 * One kept time as an iCalendar file (RFC 5545), in words that say nothing of what it is about.
 */
const LINE_MAX = 73

export interface Event {
  readonly id: string
  readonly start: string
  readonly minutes: number
  readonly summary: string
  /** Where staff go on; never in a file for a visitor. */
  readonly url?: string
  readonly now: Date
}

export function icsOf({ id, start, minutes, summary, url, now }: Event): string {
  const end = new Date(Date.parse(start) + minutes * 60_000)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Porchlight//Appointments//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(new Date(start))}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escaped(summary)}`,
    ...(url === undefined ? [] : [`URL:${url}`]),
    'CLASS:PRIVATE',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** `20261123T160000Z`. */
export function utc(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

function escaped(words: string): string {
  return words.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')
}

function folded(line: string): string {
  return line.length <= LINE_MAX ? line : `${line.slice(0, LINE_MAX)}\r\n ${folded(line.slice(LINE_MAX))}`
}
