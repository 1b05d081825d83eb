/**
 * A legal hold: while it stands, nothing of the conversation ends, neither by age nor by erasing.
 *
 * It is kept as the reservation `hold/CONVERSATION`, which every store looks at in the same atomic change
 * in which it erases. Who placed it, why (a code) and when stand with it and in the audit trail.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { AuditEvent, Clock, Store } from '../ports.ts'

export const HoldReason = z.enum(['litigation', 'court-order', 'investigation', 'audit'])
export type HoldReason = z.infer<typeof HoldReason>

export interface LegalHold {
  readonly conversation: string
  readonly reason: HoldReason
  readonly since: string
  readonly by: string
}

type Place = { readonly store: Store; readonly clock: Clock }

const PREFIX = 'hold/'

/** Placing it again changes nothing. @throws AdmissionsError `NotFound` when there is nothing left to hold. */
export async function placeHold(
  { store, clock }: Place,
  conversation: string,
  asked: { by: string; reason: HoldReason },
): Promise<void> {
  const { by, reason } = asked
  if (!(await store.load(conversation)))
    throw new AdmissionsError('NotFound', 'There is no such conversation, or it was erased before.')
  if (await holdOf(store, conversation)) return
  const at = clock.now().toISOString()
  const event = await entryOf({ store, clock }, conversation, { event: 'hold.placed', actor: by, detail: { reason } })
  await store.reserve({ key: PREFIX + conversation, holder: `${reason} ${at} ${by}`, until: null }, at, event)
}

/** @throws AdmissionsError `NotFound` when there is no hold. */
export async function liftHold({ store, clock }: Place, conversation: string, by: string): Promise<void> {
  const at = clock.now().toISOString()
  const key = PREFIX + conversation
  const found = (await store.reservations(key, at)).find((one) => one.key === key)
  const event = await entryOf({ store, clock }, conversation, { event: 'hold.lifted', actor: by, detail: {} })
  if (!found || !(await store.giveBack(key, found.holder, event)))
    throw new AdmissionsError('NotFound', 'This conversation is under no hold.')
}

export async function holdOf(store: Store, conversation: string): Promise<LegalHold | null> {
  return (await holds(store, PREFIX + conversation)).find((one) => one.conversation === conversation) ?? null
}

export async function holds(store: Store, prefix = PREFIX): Promise<readonly LegalHold[]> {
  // Holds have no end, so the moment that is asked for does not matter.
  return (await store.reservations(prefix, '')).map(({ key, holder }) => {
    const [reason = '', since = '', ...by] = holder.split(' ')
    return { conversation: key.slice(PREFIX.length), reason: reason as HoldReason, since, by: by.join(' ') }
  })
}

async function entryOf(
  { store, clock }: Place,
  conversation: string,
  what: { event: string; actor: string; detail: Record<string, string> },
): Promise<AuditEvent> {
  const lead = await store.leadOf(conversation)
  return { ...what, at: clock.now().toISOString(), conversation, lead: lead?.id ?? null }
}
