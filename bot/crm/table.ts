/**
 * Leads as a table (RFC 4180), for a spreadsheet: only those whose permission is in force.
 *
 * A cell that a spreadsheet would take for a formula begins with an apostrophe: a visitor's name may be
 * "=HYPERLINK(…)".
 */
import type { House } from '../house.ts'
import { leadLeaving } from '../outbox/lead-leaving.ts'
import type { LeadRecord, LeadState, StaffRecord } from '../ports.ts'
import { crmFields, crmFile } from './fields.ts'

const PAGE = 500
const ROWS_AT_MOST = 10_000
const columns = ['lead', 'program', 'opened', 'promise', 'state', 'claimed by', 'closed as', ...crmFields]

export async function leadTable(house: House, staff: StaffRecord, state: LeadState) {
  const rows: string[] = [line(columns)]
  let after: string | null = null
  do {
    const at = house.clock.now().toISOString()
    const page = await house.store.leads({ state, programs: staff.programs, limit: PAGE, after, at })
    for (const lead of page.leads) rows.push(...(await rowOf(house, lead)))
    after = page.next
  } while (after !== null && rows.length < ROWS_AT_MOST)
  return { csv: `${rows.join('\r\n')}\r\n`, count: rows.length - 1 }
}

async function rowOf(house: House, lead: LeadRecord): Promise<string[]> {
  const leaving = await leadLeaving(house, lead, 'write-table')
  if (!leaving) return []
  const { fields } = crmFile(leaving, crmFields, house.config.publicUrl)
  const { id, program, openedAt, dueAt, state, claimedBy, closedAs } = lead
  const codes = [id, program, openedAt, dueAt, state, claimedBy, closedAs]
  return [line([...codes, ...crmFields.map((field) => fields[field] ?? '')])]
}

function line(cells: readonly (string | null)[]): string {
  return cells.map((one) => cell(one ?? '')).join(',')
}

/** @see OWASP, CSV Injection: = + - @, tab and carriage return begin a formula; full-width forms do in some locales. */
export function cell(text: string): string {
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) || guarded !== text ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
