/**
 * What a customer file may know of a lead: the fields of an allow-list, and nothing of health.
 *
 * Answers, scores, substances, the route, insurance and the transcript are in no list: they cannot be
 * switched on (domain reference 5.4).
 */
import type { LeavingLead } from '../outbox/lead-leaving.ts'

export const crmFields = ['name', 'phone', 'email', 'best-time', 'language', 'link'] as const
export type CrmField = (typeof crmFields)[number]

export interface CrmFile {
  /** Ours, the same on every send. */
  readonly lead: string
  readonly fields: Readonly<Partial<Record<CrmField, string>>>
}

/** @param publicUrl - where staff open the desk; without it there is no link. */
export function crmFile(
  { source }: LeavingLead<'write-customer-file' | 'write-table'>,
  allowed: readonly CrmField[],
  publicUrl: string | null,
): CrmFile {
  const { brief, lead } = source
  const { phone, email, bestTime, isSafe } = brief.contact
  const slot = source.state.answers.slot?.value
  const known: Readonly<Record<CrmField, string | null>> = {
    name: brief.name,
    phone: isSafe ? phone : null,
    email: isSafe ? email : null,
    // Who took a set time was not asked for a good one: that time, as an instant.
    'best-time': bestTime ?? (typeof slot === 'string' && slot !== 'none' ? slot : null),
    language: source.state.locale === 'es-US' ? 'es' : 'en',
    link: publicUrl === null ? null : `${publicUrl}/desk#${lead.id}`,
  }
  const fields = allowed.flatMap((field) => (known[field] === null ? [] : [[field, known[field]] as const]))
  return { lead: lead.id, fields: Object.fromEntries(fields) }
}
