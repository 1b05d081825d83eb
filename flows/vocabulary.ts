/**
 * The words of the house as schemas: acuity, route, disposition, consent, coverage.
 *
 * One word means one thing everywhere (script, store, desk, FHIR), so each stands here once and
 * its type is read off the schema.
 */
import { z } from 'zod'

/** A moment as ISO 8601 with zone, e.g. `2026-11-21T02:10:00.000Z`. */
export const Instant = z.iso.datetime({ offset: true }).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

export const ProgramId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
  .brand<'ProgramId'>()
export type ProgramId = z.infer<typeof ProgramId>

export const Locale = z.enum(['en-US', 'es-US'])
export type Locale = z.infer<typeof Locale>

/** Which emergency numbers a crisis card shows (wire contract, Programs). */
export const Region = z.enum(['US', 'IN'])
export type Region = z.infer<typeof Region>

/** How soon a person must act, first to last (domain reference 6.2 maps routes to it). */
export const Acuity = z.enum(['emergency', 'crisis', 'urgent', 'soon', 'routine'])
export type Acuity = z.infer<typeof Acuity>

/** Where the answers point: a hint for staff, never a diagnosis or a level of care. */
export const Route = z.enum([
  'emergency',
  'crisis',
  'minor',
  'current-patient',
  'professional',
  'family',
  'medical-first',
  'higher',
  'iop-fit',
  'lower',
  'staff-decides',
])
export type Route = z.infer<typeof Route>

/** How staff close a lead (wire contract, desk API). */
export const CloseDisposition = z.enum([
  'reached',
  'voicemail',
  'no-answer',
  'booked',
  'admitted',
  'not-a-fit',
  'wrong-number',
  'referred-out',
  'safe-now',
  'duplicate',
  'test',
])
export type CloseDisposition = z.infer<typeof CloseDisposition>

/** How a conversation's script ended; the chat itself stays open. */
export const Disposition = z.enum(['handed-off', 'crisis', 'information', 'referred-out', 'erased'])
export type Disposition = z.infer<typeof Disposition>

export const CoverageState = z.enum([
  'unknown',
  'named',
  'listed',
  'listed-with-condition',
  'not-listed',
  'captured',
  'consented',
  'checked',
  'confirmed-by-staff',
  'declined',
])
export type CoverageState = z.infer<typeof CoverageState>

export const ConsentKind = z.enum(['contact', 'payer-disclosure', 'pass-on', 'texting'])
export type ConsentKind = z.infer<typeof ConsentKind>

/** One answer to one consent text; the ledger only grows, the newest entry of a kind counts. */
export const Consent = z.strictObject({
  kind: ConsentKind,
  given: z.boolean(),
  textVersion: z.string(),
  locale: Locale,
  at: Instant,
  /** The exact words as they were shown, places filled in. */
  text: z.string().default(''),
  /** Whose information it is, as far as named then. */
  subject: z.string().nullable().default(null),
  discloser: z.string().nullable().default(null),
  /** Who receives it; null where it is the program itself. */
  recipient: z.string().nullable().default(null),
  information: z.array(z.string()).default([]),
  purpose: z.string().default(''),
  expiresAt: Instant.nullable().default(null),
  /** Who gave or ended it: the visitor in the chat, her link, or staff at her word. */
  by: z.enum(['visitor', 'link', 'staff']).default('visitor'),
})
export type Consent = z.infer<typeof Consent>

/** What the route table says for the staff (domain reference 2.1). */
export const RouteHint = z.strictObject({
  primary: Route,
  reasons: z.array(z.string()),
  tags: z.array(z.string()),
  unanswered: z.array(z.string()),
  rulesVersion: z.string(),
  disclaimer: z.string(),
})
export type RouteHint = z.infer<typeof RouteHint>

export const acuityOf: Readonly<Record<Route, Acuity>> = {
  emergency: 'emergency',
  crisis: 'crisis',
  'medical-first': 'urgent',
  higher: 'urgent',
  'iop-fit': 'soon',
  family: 'soon',
  minor: 'soon',
  lower: 'routine',
  'current-patient': 'routine',
  professional: 'routine',
  'staff-decides': 'routine',
}
