/**
 * From an activity on the wire to what is on the screen: one entry of the log, as plain values.
 *
 * Components only draw what stands here. Text stays text (no markup is ever read out of it), links
 * are kept only with the schemes that a card may use, and every field of the wire may be missing.
 */
import type { CardAction, FactRef, InputSpec, PorchlightData } from '../../flows/activity.ts'
import type { SendState } from './outbox.ts'
import type { ReceivedActivity } from './received.ts'

export type Speaker = 'visitor' | 'bot' | 'staff'

/** One quick reply: what the button says and what is sent. */
export interface Reply {
  readonly label: string
  readonly value: string
}

export interface Card {
  /** From the service; false for the browser's own. */
  readonly isFromService: boolean
  /** What was heard; '' when the service did not say. */
  readonly label: string
  readonly title: string
  readonly text: string
  readonly links: readonly { readonly label: string; readonly href: string }[]
  readonly replies: readonly Reply[]
}

export interface Entry {
  readonly key: string
  readonly speaker: Speaker
  readonly kind: PorchlightData['kind']
  readonly name: string
  readonly text: string
  /** Language of the words, for `lang`. */
  readonly lang: string
  readonly at: number
  readonly state: SendState
  /** Still growing under a stream id. */
  readonly isPartial: boolean
  readonly replies: readonly Reply[]
  readonly input: InputSpec | null
  readonly progress: { readonly done: number; readonly of: number } | null
  /** What the answer rests on. */
  readonly facts: readonly FactRef[]
  readonly card: Card | null
}

/** The schemes that a link of a card or a source may have. */
export const LINK = /^(tel:|sms:|https:\/\/)/

/** HTML's own autofill names; what has another name is better kept out of the browser's memory. */
export const AUTOFILL = /^(given-name|family-name|name|bday|tel|email|postal-code|address-level[12])$/

/** Does the question want a field of its own? Plain words go into the message box. */
export function wantsField(input: InputSpec | null): input is InputSpec {
  if (input?.type === 'text') return AUTOFILL.test(input.field ?? '')
  return input !== null && !['choice', 'consent', 'photo'].includes(input.type)
}

/**
 * The card to pin after another one came: a lighter repetition (same danger, fewer ways to help)
 * never takes away what is there already.
 */
export function heavierCard(pinned: Card | null, came: Card): Card {
  const isRepeated = pinned?.isFromService && pinned.label === came.label && came.links.length < pinned.links.length
  return isRepeated ? pinned : came
}

/** The entry of a message (or of a sentence still being streamed); null for what is not shown. */
export function toEntry(activity: ReceivedActivity, now: number): Entry | null {
  const channel = activity.channelData ?? {}
  const isPartial = activity.type === 'typing' && Boolean(activity.text && channel.streamId)
  if (activity.type !== 'message' && !isPartial) return null
  const said = channel.porchlight
  const input = said?.input ?? null
  const actions = activity.suggestedActions?.actions ?? []
  return {
    key: channel.clientActivityID ?? channel.streamId ?? activity.id ?? String(now),
    speaker: speakerOf(activity),
    kind: said?.kind ?? 'notice',
    name: activity.from?.name ?? '',
    // A file that was sent has a name and no words.
    text: activity.text || (activity.attachments?.[0] as { name?: string } | undefined)?.name || '',
    lang: activity.locale?.slice(0, 2) ?? '',
    at: Date.parse(activity.timestamp ?? '') || now,
    state: 'sent',
    isPartial,
    replies:
      actions.length > 0 || input?.type === 'multi' ? repliesOf(actions, input) : (input?.options ?? []).map(sameWord),
    input,
    progress: said?.progress ?? null,
    facts: said?.facts ?? [],
    card: cardOf(activity),
  }
}

/** A message of the visitor as it stands in the log before any answer of the service. */
export function ownEntry(own: Pick<Entry, 'key' | 'text' | 'lang' | 'at'>): Entry {
  const empty = { name: '', isPartial: false, replies: [], input: null, progress: null, facts: [], card: null }
  return { ...own, speaker: 'visitor', kind: 'notice', state: 'sending', ...empty }
}

/**
 * The log with one more entry; a known key is replaced where it stands. A member id given as an
 * answer is shown by its last four signs only: the log may be read over a shoulder.
 */
export function withEntry(log: readonly Entry[], entry: Entry): readonly Entry[] {
  const found = log.findIndex((known) => known.key === entry.key)
  const at = found < 0 ? log.length : found
  const asked = log[at - 1]?.input?.type
  const isSecret = asked === 'member-id' && entry.speaker === 'visitor' && /\d/.test(entry.text)
  const shown = isSecret ? { ...entry, text: `•••• ${entry.text.trim().slice(-4)}` } : entry
  return [...log.slice(0, at), shown, ...log.slice(at + 1)]
}

function speakerOf(activity: ReceivedActivity): Speaker {
  const { id = '', role } = activity.from ?? {}
  const said = activity.channelData?.porchlight
  if (said?.kind === 'staff' || id.startsWith('staff:')) return 'staff'
  if (said || role === 'bot') return 'bot'
  return role === 'user' || activity.channelData?.clientActivityID || id.startsWith('dl_') ? 'visitor' : 'bot'
}

/** An option is sent by its label: the log reads as a conversation. */
function sameWord({ label }: { readonly label: string }): Reply {
  return { label, value: label }
}

/** Suggested replies; those that stand as checkboxes already are left out. */
function repliesOf(actions: readonly CardAction[], input: InputSpec | null): Reply[] {
  const boxes = input?.type === 'multi' ? input.options : []
  return actions.flatMap(({ type, title, value }) =>
    type === 'imBack' && !boxes?.some(({ label }) => label === title) ? [{ label: title, value }] : [],
  )
}

/** A card without words of its own is headed by the first line of its message; the rest stands below the buttons. */
function cardOf(activity: ReceivedActivity): Card | null {
  const content = activity.attachments?.find(({ contentType }) => contentType.endsWith('card.hero'))?.content
  if (!content) return null
  const buttons = content.buttons ?? []
  const [first = '', ...rest] = (activity.text ?? '').split('\n')
  return {
    isFromService: true,
    label: activity.channelData?.porchlight?.label ?? '',
    title: content.title ?? first,
    text: [...(content.title ? [] : rest), content.text ?? ''].join('\n').trim(),
    links: buttons.flatMap(({ type, title, value }) =>
      type === 'openUrl' && LINK.test(value) ? [{ label: title, href: value }] : [],
    ),
    replies: repliesOf(buttons, null),
  }
}
