/**
 * Something happened to a conversation that no visitor typed: a photo, a check's end, a permission taken back.
 *
 * It is decided, committed and streamed like a turn, in line with the visitor's own, under one audit trail.
 */
import type { Input } from '../../flows/conversation.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent, StoredEffect } from '../ports.ts'
import { withCalendar } from '../slots/calendar.ts'
import { commitTurn } from './commit-turn.ts'
import type { LiveConversation } from './conversations.ts'
import { decide } from './decide.ts'
import type { StoredActivity } from './stored-activity.ts'

/** With several machines, each message of a burst on another machine may win before this one does. */
const RACES_AT_MOST = 30

export interface FromOutside {
  /** Decides with the conversation as it is now; an empty list changes nothing. */
  readonly inputs: (live: LiveConversation, at: Instant) => readonly Input[]
  /** The visitor's own activity that belongs to it, if any. */
  readonly first?: (live: LiveConversation, at: Instant) => StoredActivity
  /** The client's id of it: the same one twice is one turn. */
  readonly clientActivityId?: string | null
  /** Done after the commit, and again after a crash, until it went through. */
  readonly effects?: (at: Instant) => readonly StoredEffect[]
  readonly audit?: readonly AuditEvent[]
  /** The stream on which the visitor saw it grow: what is said ends it. */
  readonly streamId?: string
}

/** @returns the conversation after it. @throws AdmissionsError `NotFound` when it is over. */
export function takeInput(house: House, conversation: string, from: FromOutside): Promise<void> {
  return house.line.run(conversation, async () => {
    for (let race = 0; race < RACES_AT_MOST; race += 1) {
      const live = await house.conversations.load(conversation)
      const program = live && house.world.programs.get(live.program)
      if (!live || !program) throw new AdmissionsError('NotFound', 'This conversation is over.')
      const at = house.clock.now().toISOString() as Instant
      const inputs = from.inputs(live, at)
      if (inputs.length === 0 && !from.audit) return
      const { world, state } = await house.scripts.forTurn(live.state)
      const begun = decide(world, program, { state, inputs })
      const decision = await withCalendar(house, { live, world, decision: begun, at })
      const first = from.first?.(live, at) ?? null
      const draft = {
        decision,
        first,
        clientActivityId: from.clientActivityId ?? null,
        at,
        audit: from.audit ?? [],
        effects: from.effects?.(at) ?? [],
        ...(from.streamId ? { streamId: from.streamId } : {}),
      }
      if (!(await commitTurn(house, live, draft))) continue
      house.deskEvents.emit({ event: 'message', program: live.program, data: { conversation } })
      return
    }
    throw new AdmissionsError('STORE_UNAVAILABLE', 'Too many messages at once in this conversation: send again.')
  })
}
