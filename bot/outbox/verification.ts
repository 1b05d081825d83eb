/**
 * The verification packet of a lead: photos of the card, the worksheet for the phone, what a payer answered.
 *
 * Everything is sealed under the conversation's key. Staff fill it in; the visitor hears only that it was
 * checked and that a person will explain.
 */
import { z } from 'zod'
import { CheckOutcome } from '../../flows/coverage.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { unlessIllegible } from '../keeping/legible.ts'
import { sealJson, unsealJson } from '../keeping/vault.ts'
import { CardFields, PHOTO } from '../photos/card-reader.ts'
import type { AuditEvent } from '../ports.ts'
import type { DocumentRecord } from '../stores/document-port.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { permit } from './exits.ts'

const line = z.string().trim().max(200).default('')

/** What is asked on the phone (domain reference 3.4): an IOP has no service type, so its billing codes are named. */
export const Worksheet = z.strictObject({
  card: CardFields.prefault({}),
  network: line,
  deductible: line,
  outOfPocket: line,
  copay: line,
  coinsurance: line,
  /** Intensive outpatient, substance use (H0015) and psychiatric (S9480); revenue codes 0905 and 0906. */
  codeH0015: line,
  codeS9480: line,
  code0905: line,
  code0906: line,
  priorAuthorization: line,
  /** Who answers for behavioral health, when it is not the payer on the card. */
  carveOutPayer: line,
  referenceNumber: line,
  saidBy: line,
  note: z.string().trim().max(2_000).default(''),
  outcome: CheckOutcome.nullable().default(null),
})
export type Worksheet = z.infer<typeof Worksheet>

/** One answer of a payer's machine, as staff see it. */
const PayerAnswer = z.strictObject({
  outcome: CheckOutcome,
  checkedAt: z.string(),
  by: z.string(),
  serviceType: z.string(),
  planName: z.string().nullable(),
  /** What was said of money and rules, line by line, as the payer put it. */
  benefits: z.array(z.string()).max(60),
  /** Reject reasons, with what to do about each. */
  problems: z.array(z.string()).max(20),
})
export type PayerAnswer = z.infer<typeof PayerAnswer>

const DAY_MS = 86_400_000
const WORKSHEET = 'worksheet'
const ANSWER = 'payer-answer'
const about = (conversation: string, id: string): string => `document ${conversation} ${id}`

/** One that cannot be opened any more is missing. */
export async function verificationOf(house: House, live: LiveConversation) {
  const held = await house.store.documents(live.id)
  const open = <T>(one: DocumentRecord, schema: z.ZodType<T>): T | null =>
    unlessIllegible(() => schema.parse(unsealJson(live.key, one.body, about(live.id, one.id))), null)
  const sheet = held.find(({ kind }) => kind === WORKSHEET)
  // A photo that was taken off the review is not shown, also while it still stands in the store.
  const isShown = live.state.answers['card-photo']?.value === 'received'
  const photos = held.filter(({ kind }) => kind === PHOTO && isShown)
  return {
    mayAskPayer: mayAsk(house, live) !== null,
    canAskByMachine: house.eligibility.name !== 'person',
    photos: photos.map(({ id, at, expiresAt }) => ({ id, at, expiresAt })),
    worksheet: sheet ? open(sheet, Worksheet) : null,
    answers: held.filter(({ kind }) => kind === ANSWER).flatMap((one) => open(one, PayerAnswer) ?? []),
  }
}

/** Asking is a disclosure whoever does it, a person on the phone or a machine. */
export function mayAsk(house: House, { state }: LiveConversation) {
  const at = house.clock.now().toISOString()
  return permit('ask-payer', { state, at, recipient: state.coverage.payer })
}

/** @throws AdmissionsError `CONSENT_REQUIRED` for an outcome that nobody was allowed to ask for. */
export async function keepWorksheet(
  house: House,
  live: LiveConversation,
  { sheet, event }: { sheet: Worksheet; event: AuditEvent },
): Promise<void> {
  if (sheet.outcome !== null && mayAsk(house, live) === null) {
    throw new AdmissionsError('CONSENT_REQUIRED', 'There is no permission to ask this insurer: ask the visitor first.')
  }
  await keep(house, live, { id: WORKSHEET, kind: WORKSHEET, value: sheet, event })
}

/** Fields that a machine read: a first filling of the worksheet, never over what staff wrote. */
export async function suggestCard(house: House, live: LiveConversation, card: CardFields): Promise<void> {
  const held = await house.store.documents(live.id)
  if (held.some(({ kind }) => kind === WORKSHEET)) return
  await keep(house, live, { id: WORKSHEET, kind: WORKSHEET, value: Worksheet.parse({ card }) })
}

export function keepAnswer(
  house: House,
  live: LiveConversation,
  given: { id: string; answer: PayerAnswer },
): Promise<void> {
  return keep(house, live, { id: given.id, kind: ANSWER, value: given.answer })
}

async function keep(
  house: House,
  live: LiveConversation,
  one: { id: string; kind: string; value: unknown; event?: AuditEvent },
): Promise<void> {
  const { id, kind, value, event } = one
  const body = sealJson(live.key, value, about(live.id, id))
  const now = house.clock.now()
  const days = house.config.keptDays.verification
  const expiresAt = days === 0 ? null : new Date(now.getTime() + days * DAY_MS).toISOString()
  await house.store.putDocument({ id, conversation: live.id, kind, at: now.toISOString(), expiresAt, body }, event)
}
