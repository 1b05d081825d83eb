/**
 * From a decision to one commit: activities numbered and sealed, effects given their keys.
 *
 * Everything of a turn goes to the store together; what goes out on the stream is what was stored.
 */
import type { BotMessage } from '../../flows/activity.ts'
import type { ConversationState } from '../../flows/conversation.ts'
import { isDangerLabel } from '../../flows/safety/verdict.ts'
import type { House } from '../house.ts'
import { sealJson } from '../keeping/vault.ts'
import { ledgerRows } from '../outbox/consent-ledger.ts'
import { turnEffects } from '../outbox/tell-systems.ts'
import type { AuditEvent, LeadOpening, StoredEffect, TurnCommit } from '../ports.ts'
import { promiseDueAt } from '../queue/promise.ts'
import { isRehearsal } from '../rehearse/rehearsal.ts'
import { clientKeyOf, type LiveConversation, newId, withKey } from './conversations.ts'
import type { Decision } from './decide.ts'
import { endingStream } from './growing-words.ts'
import { botActivity, type StoredActivity } from './stored-activity.ts'

export interface Draft {
  readonly decision: Decision
  /** The visitor's own activity (or a staff message) that opens the turn, if any. */
  readonly first: StoredActivity | null
  readonly clientActivityId: string | null
  readonly at: string
  readonly audit?: readonly AuditEvent[]
  /** Effects that staff asked for. */
  readonly effects?: readonly StoredEffect[]
  /** A stream that the first thing said ends. */
  readonly streamId?: string
}

export interface Committed {
  readonly activities: readonly StoredActivity[]
  readonly lead: LeadOpening | null
}

/** @returns null when another turn won the race: decide again. @throws AdmissionsError `STORE_UNAVAILABLE`. */
export async function commitTurn(house: House, live: LiveConversation, draft: Draft): Promise<Committed | null> {
  const activities = number(live, draft)
  const lastSeq = live.lastSeq + activities.length
  const { sinceWhole, ...sealed } = house.conversations.sealed.turn(live, activities, draft.decision.state)
  const lead = leadOf(house, live, draft)
  const ledger = ledgerRows(live, draft.decision, { newId, at: draft.at })
  const commit: TurnCommit = {
    conversation: live.id,
    expectedVersion: live.version,
    ...sealed,
    clientKey: draft.clientActivityId === null ? null : clientKeyOf(live, draft.clientActivityId),
    lead,
    effects: [...effectsOf(draft, live, lead), ...turnEffects(house, live, draft), ...(draft.effects ?? [])],
    questions: questionsOf(draft, live),
    consents: ledger.rows,
    audit: [...(draft.audit ?? []), ...ledger.audit],
    referrals: referralsOf(draft, live),
    at: draft.at,
  }
  if ((await house.store.commit(commit)) === 'conflict') {
    house.conversations.outrun(live.id)
    return null
  }
  const state: ConversationState = draft.decision.state
  house.conversations.keep({
    ...live,
    state,
    version: live.version + 1,
    lastSeq,
    sinceWhole,
    taken: withKey(live, commit.clientKey, live.lastSeq + 1),
  })
  if (activities.length > 0) house.streams.publish(live.id, { activities, lastSeq })
  return { activities, lead }
}

function number(live: LiveConversation, draft: Draft): StoredActivity[] {
  const place = { conversation: live.id, at: draft.at }
  const first = draft.first === null ? [] : [draft.first]
  const to = draft.first !== null && draft.first.from.role === 'user' ? draft.first.id : null
  const start = live.lastSeq + first.length + 1
  const { scriptVersion } = draft.decision.state
  const said = draft.decision.messages.map((message, index) =>
    botActivity(stamped(message, scriptVersion), { seq: start + index, to }, place),
  )
  const [growing, ...rest] = said
  if (draft.streamId && growing) return [...first, endingStream(growing, draft.streamId), ...rest]
  return [...first, ...said]
}

/** Which version said what stays in the transcript. */
function stamped(message: BotMessage, script: string): BotMessage {
  return { ...message, channelData: { porchlight: { ...message.channelData.porchlight, script } } }
}

function leadOf(house: House, live: LiveConversation, draft: Draft): LeadOpening | null {
  const effect = draft.decision.effects.findLast((one) => one.type === 'open-lead')
  if (!effect) return null
  const profile = house.world.programs.get(live.program)?.profile
  const dueAt = profile ? promiseDueAt(profile, effect.route, draft.at) : null
  return { id: newId('lead_'), acuity: effect.acuity, route: effect.route, label: effect.label, dueAt }
}

/** Every card that names a resource is one; a rehearsal's refers nobody. */
function referralsOf(draft: Draft, live: LiveConversation): TurnCommit['referrals'] {
  if (isRehearsal(live.user)) return []
  return draft.decision.messages.flatMap(({ channelData: { porchlight } }) => {
    const { label, resources } = porchlight
    return label && isDangerLabel(label) && resources?.[0] ? [{ label, resource: resources[0] }] : []
  })
}

function effectsOf(draft: Draft, live: LiveConversation, lead: LeadOpening | null): StoredEffect[] {
  const base = { conversation: live.id, dueAt: draft.at, attempts: 0 }
  const stored: StoredEffect[] = []
  for (const effect of draft.decision.effects) {
    if (effect.type === 'page-on-call') {
      stored.push({ ...base, id: newId('page_'), kind: 'page-on-call', detail: { label: effect.label } })
    }
  }
  for (const effect of draft.decision.effects) {
    if (effect.type === 'wake')
      stored.push({ ...base, id: newId('wake_'), kind: 'wake-conversation', detail: {}, dueAt: effect.at })
  }
  if (draft.decision.effects.some(({ type }) => type === 'drop-photos'))
    stored.push({ ...base, id: newId('photos_'), kind: 'drop-photos', detail: { until: draft.at } })
  if (lead)
    stored.push({
      ...base,
      id: newId('announce_'),
      kind: 'announce-lead',
      detail: { acuity: lead.acuity, route: lead.route },
    })
  return stored
}

function questionsOf(draft: Draft, live: LiveConversation): TurnCommit['questions'] {
  return draft.decision.effects.flatMap((effect) => {
    if (effect.type !== 'remember-question') return []
    const id = newId('question_')
    return [
      {
        id,
        body: sealJson(
          live.key,
          { question: effect.question, why: effect.why, locale: draft.decision.state.locale },
          `question ${id}`,
        ),
      },
    ]
  })
}
