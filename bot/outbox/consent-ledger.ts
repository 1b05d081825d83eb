/**
 * The ledger of permissions: it only grows, and every entry carries the hash of the one before it.
 *
 * An entry holds the exact words, their version, language, time, scope and end, sealed under the
 * conversation's key; its hash stands in the audit trail as well, which outlives the conversation.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Consent } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import { sealJson, unsealJson } from '../keeping/vault.ts'
import type { AuditEvent, TurnCommit } from '../ports.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import type { Decision } from '../turn/decide.ts'

const Entry = z.object({ consent: Consent, previous: z.string(), hash: z.string() })
type Entry = z.infer<typeof Entry>

/** The hashes of a conversation's consents in their order: SHA-256 over the hash before and the entry. */
function chainOf(consents: readonly Consent[]): string[] {
  const hashes: string[] = []
  for (const consent of consents) {
    const previous = hashes.at(-1) ?? ''
    hashes.push(
      createHash('sha256')
        .update(JSON.stringify([previous, fieldsOf(consent)]))
        .digest('hex'),
    )
  }
  return hashes
}

/** The fields in the order of the schema, so that the same consent always hashes alike. */
function fieldsOf(consent: Consent): unknown[] {
  return Object.keys(Consent.shape).map((name) => consent[name as keyof Consent])
}

/** What a turn adds to the ledger: sealed rows for the store, and events for the trail without a word. */
export function ledgerRows(
  live: LiveConversation,
  decision: Decision,
  about: { newId: (prefix: string) => string; at: string },
): { rows: TurnCommit['consents']; audit: AuditEvent[] } {
  const added = decision.effects.flatMap((effect) => (effect.type === 'record-consent' ? [effect.consent] : []))
  if (added.length === 0) return { rows: [], audit: [] }
  const hashes = chainOf(decision.state.consents)
  const first = decision.state.consents.length - added.length
  const entries = added.map((consent, index): Entry => {
    const at = first + index
    return { consent, previous: hashes[at - 1] ?? '', hash: hashes[at] as string }
  })
  const rows = entries.map((entry) => {
    const id = about.newId('consent_')
    const { kind, given } = entry.consent
    return { id, kind, given, body: sealJson(live.key, entry, `consent ${id}`) }
  })
  return { rows, audit: entries.map((entry) => eventOf(entry, live.id, about.at)) }
}

function eventOf({ consent, hash }: Entry, conversation: string, at: string): AuditEvent {
  const { kind, textVersion, given, by } = consent
  const detail = { kind, textVersion, hash }
  const event = given ? 'consent.given' : 'consent.refused-or-ended'
  return { event, at, actor: by, conversation, lead: null, detail }
}

/** Whether the ledger of a conversation is whole: every entry there, unchanged, in one chain, and what the talk knows. */
export async function isLedgerWhole(house: House, live: LiveConversation): Promise<boolean> {
  const rows = await house.store.consentLedger(live.id)
  const entries = rows.map(({ id, body }) => Entry.safeParse(unsealJson(live.key, body, `consent ${id}`)))
  const hashes = chainOf(live.state.consents)
  if (entries.length !== hashes.length) return false
  const stored = new Map(entries.flatMap(({ data }) => (data ? [[data.hash, data] as const] : [])))
  return hashes.every((hash, index) => {
    const entry = stored.get(hash)
    return (
      entry !== undefined && entry.previous === (hashes[index - 1] ?? '') && isSame(entry, live.state.consents[index])
    )
  })
}

function isSame(entry: Entry, consent: Consent | undefined): boolean {
  return consent !== undefined && JSON.stringify(fieldsOf(entry.consent)) === JSON.stringify(fieldsOf(consent))
}
