/**
 * The calendars that the settings name: one entry for each program that keeps one elsewhere.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { type OutsideCalendar, type OutsideCalendars, outsideCalendars } from './outside-calendars.ts'

const address = z.url({ protocol: /^https?$/ })
const CalendarsFile = z.record(
  z.string(),
  z.strictObject({
    caldav: z.strictObject({ url: address, user: z.string().optional(), password: z.string().optional() }).optional(),
    feeds: z.array(address).default([]),
  }),
)

/** @throws AdmissionsError `CONFIG_INVALID` when the file cannot be read, without a word of it. */
export function calendarsOf(
  { calendarsFile, allowInside }: Config,
  use: { clock: Clock; failed: (code: string, program: string) => void },
): OutsideCalendars {
  const found = calendarsFile === null ? {} : readFile(calendarsFile)
  const calendars = Object.entries(found).map(([program, { caldav, feeds }]): [string, OutsideCalendar] => {
    const { url = '', user = null, password = null } = caldav ?? {}
    return [program, { collection: caldav ? { url, user, password, allowInside } : null, feeds, allowInside }]
  })
  return outsideCalendars(new Map(calendars), use)
}

function readFile(file: string): z.infer<typeof CalendarsFile> {
  try {
    return CalendarsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    const mend = 'a JSON file of program ids, each with `caldav` (url, user, password) or `feeds` (addresses)'
    throw new AdmissionsError('CONFIG_INVALID', `Settings to mend: CALENDARS must name ${mend}.`)
  }
}
