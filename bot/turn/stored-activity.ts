/**
 * An activity as it is stored and sent to Direct Line clients.
 *
 * Only fields of the protocol: a service address, an SDK's private field or a `replyToId` that the
 * client has not seen would leak or hold a message back.
 */
import type { BotMessage, IncomingActivity } from '../../flows/activity.ts'

export interface StoredActivity {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly channelId: string
  readonly from: { readonly id: string; readonly name?: string; readonly role: string }
  readonly conversation: { readonly id: string }
  readonly recipient?: { readonly id: string }
  readonly replyToId?: string
  readonly text?: string
  readonly locale?: string
  readonly name?: string
  readonly value?: unknown
  readonly suggestedActions?: object
  readonly attachments?: unknown
  readonly entities?: unknown
  readonly channelData?: unknown
}

/** A turn's activities with the sequence number of the last one, as opened from the store. */
export interface ActivitySet {
  readonly activities: readonly StoredActivity[]
  readonly lastSeq: number
  /** Turns whose record is broken: their activities are missing here. */
  readonly unreadTurns: number
}

/** What goes out on a stream; `lastSeq` is null for a card that could not be stored. */
export interface StreamedSet {
  readonly activities: readonly StoredActivity[]
  readonly lastSeq: number | null
}

export interface Place {
  readonly conversation: string
  readonly at: string
}

export const BOT_ID = 'porchlight'

/** Ids grow with their place in the conversation. */
export function activityId(conversation: string, seq: number): string {
  return `${conversation}|${String(seq).padStart(7, '0')}`
}

/** The visitor's own activity, echoed with its channelData unchanged and the token's user as sender. */
export function visitorActivity(
  incoming: IncomingActivity,
  from: { user: string; seq: number },
  place: Place,
): StoredActivity {
  const { type, text, name, value, locale, channelData, entities } = incoming
  return {
    id: activityId(place.conversation, from.seq),
    type,
    timestamp: place.at,
    channelId: 'directline',
    from: { id: from.user, role: 'user', ...(incoming.from?.name ? { name: incoming.from.name } : {}) },
    conversation: { id: place.conversation },
    recipient: { id: BOT_ID },
    ...present({ text, name, value, locale, channelData, entities }),
  }
}

/** The visitor's activity with the words that are kept of it: never the number of a card as it was typed. */
export function shownActivity(incoming: IncomingActivity, shownAs: string | null): IncomingActivity {
  if (shownAs === null) return incoming
  const { value: _fields, ...rest } = incoming
  return { ...rest, text: shownAs }
}

export function botActivity(
  message: BotMessage,
  reply: { seq: number; to: string | null },
  place: Place,
): StoredActivity {
  return {
    id: activityId(place.conversation, reply.seq),
    timestamp: place.at,
    channelId: 'directline',
    from: { id: BOT_ID, role: 'bot' },
    conversation: { id: place.conversation },
    ...(reply.to === null ? {} : { replyToId: reply.to }),
    ...message,
  }
}

/** A person of the staff speaks: no `replyToId`, or Web Chat would hold the message back. */
export function staffActivity(message: BotMessage, staff: { name: string; seq: number }, place: Place): StoredActivity {
  const base = botActivity(message, { seq: staff.seq, to: null }, place)
  return { ...base, from: { id: `staff:${staff.name}`, name: staff.name, role: 'bot' } }
}

function present<T extends Readonly<Record<string, unknown>>>(fields: T): Partial<T> {
  const there: Partial<T> = {}
  for (const name in fields) if (fields[name] !== undefined) there[name] = fields[name]
  return there
}
