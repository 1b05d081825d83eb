/**
 * Reading a card: a port. By default a person reads it on the desk, with the picture beside the fields.
 *
 * A machine that reads cards is a processor of health information: whoever adds one needs its contract,
 * an exit in `bot/outbox/exits.ts`, and staff who still look.
 */
import { z } from 'zod'

/** The kind of document that a photo of a card is kept as. */
export const PHOTO = 'card-photo'

const line = z.string().trim().max(80).default('')

/** What stands on a card (domain reference 3.1). */
export const CardFields = z.strictObject({
  payer: line,
  planType: line,
  memberId: line,
  groupNumber: line,
  nameOnCard: line,
  behavioralPayer: line,
  /** Often on the back, and the number that answers for this kind of care. */
  behavioralPhone: line,
  rxBin: line,
  rxPcn: line,
})
export type CardFields = z.infer<typeof CardFields>

export interface CardReader {
  readonly name: string
  /** null = a person reads it. */
  read(jpeg: Buffer): Promise<CardFields | null>
}

export const personReads: CardReader = { name: 'person', read: async () => null }
