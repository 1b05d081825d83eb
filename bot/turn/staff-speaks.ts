/**
 * A person of the staff speaks in the live chat, takes it over, or hands it back.
 *
 * Her words are stored and streamed as the bot's are, under her own name, and join what the gate
 * reads as context: a visitor's "yes" may answer a person as well as a script.
 */
import type { BotMessage } from '../../flows/activity.ts'
import type { Input } from '../../flows/conversation.ts'
import { leadClosed } from '../../flows/engine/lead-closed.ts'
import { RECENT_TURNS } from '../../flows/safety/verdict.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent } from '../ports.ts'
import { commitTurn } from './commit-turn.ts'
import { type LiveConversation, newId } from './conversations.ts'
import { type Decision, decide } from './decide.ts'
import { activityId, BOT_ID, type StoredActivity, staffActivity } from './stored-activity.ts'

/** With several machines, each message of a burst on another machine may win before this one does. */
const RACES_AT_MOST = 30

export interface StaffWords {
  /** The name that the visitor sees. */
  readonly name: string
  readonly text: string
  readonly audit?: readonly AuditEvent[]
}

/** @throws AdmissionsError `NotFound` when the conversation is over. */
export function speakAsStaff(house: House, conversation: string, words: StaffWords): Promise<void> {
  return inTurn(house, conversation, (live, at) => {
    const porchlight = { kind: 'staff' as const }
    const message: BotMessage = {
      type: 'message',
      text: words.text,
      locale: live.state.locale,
      channelData: { porchlight },
    }
    const first = staffActivity(message, { name: words.name, seq: live.lastSeq + 1 }, { conversation, at })
    const said = [...live.state.said, { role: 'bot' as const, text: words.text }].slice(-RECENT_TURNS)
    return { decision: quiet({ ...live.state, said }), first, audit: words.audit ?? [] }
  })
}

/**
 * The visitor sees that a person writes to her: nothing is stored, and it is gone when nobody listens.
 *
 * With several machines only a visitor whose socket is on this one sees it; the words themselves go to all.
 */
export function showTyping(house: House, conversation: string, name: string): void {
  const activity: StoredActivity = {
    id: newId('typing_'),
    type: 'typing',
    timestamp: house.clock.now().toISOString(),
    channelId: 'directline',
    from: { id: BOT_ID, name, role: 'bot' },
    conversation: { id: conversation },
  }
  house.streams.publish(conversation, { activities: [activity], lastSeq: null })
}

/** A hub says how far the hand-off has come: the visitor's stream gets the state alone. */
export function speakAsHub(house: House, conversation: string, state: string): Promise<void> {
  return inTurn(house, conversation, (live, at) => {
    const event = { type: 'event', name: 'handoff.status', value: { state } } as const
    const first: StoredActivity = {
      id: activityId(conversation, live.lastSeq + 1),
      timestamp: at,
      channelId: 'directline',
      from: { id: BOT_ID, role: 'bot' },
      conversation: { id: conversation },
      ...event,
    }
    const audit = { event: 'handoff.status', at, actor: 'hub', conversation, lead: null, detail: { state } }
    return { decision: quiet(live.state), first, audit: [audit] }
  })
}

/** Takes the chat over or hands it back: the bot falls silent or goes on, the gate never does. */
export function changeHands(
  house: House,
  conversation: string,
  change: { by: string | null; audit: readonly AuditEvent[] },
): Promise<void> {
  return inTurn(house, conversation, async (live, at) => {
    const program = house.world.programs.get(live.program)
    if (!program)
      throw new AdmissionsError('PROGRAM_NOT_FOUND', 'The program of this conversation is no longer served.')
    const input: Input =
      change.by === null ? { type: 'staff-handed-back', at } : { type: 'staff-took-over', name: change.by, at }
    const { world, state } = await house.scripts.forTurn(live.state)
    return {
      decision: decide(world, program, { state, inputs: [input] }),
      first: null,
      audit: change.audit,
    }
  })
}

/** Before a lead is closed: the visitor who asks again asks anew. Nothing is said. */
export function forgetLead(house: House, conversation: string): Promise<void> {
  return inTurn(house, conversation, (live) => ({ decision: quiet(leadClosed(live.state)), first: null, audit: [] }))
}

interface StaffTurn {
  readonly decision: Decision
  readonly first: StoredActivity | null
  readonly audit: readonly AuditEvent[]
}

function inTurn(
  house: House,
  conversation: string,
  make: (live: LiveConversation, at: Instant) => StaffTurn | Promise<StaffTurn>,
): Promise<void> {
  return house.line.run(conversation, async () => {
    for (let race = 0; race < RACES_AT_MOST; race += 1) {
      const live = await house.conversations.load(conversation)
      if (!live) throw new AdmissionsError('NotFound', 'This conversation is over.')
      const at = house.clock.now().toISOString() as Instant
      if (await commitTurn(house, live, { ...(await make(live, at)), clientActivityId: null, at })) {
        house.deskEvents.emit({ event: 'message', program: live.program, data: { conversation } })
        return
      }
    }
    throw new AdmissionsError('STORE_UNAVAILABLE', 'Too many messages at once in this conversation: send again.')
  })
}

function quiet(state: LiveConversation['state']): Decision {
  return { state, messages: [], effects: [], shownAs: null, answerKinds: [] }
}
