/**
 * A turn as it is stored: JSON without what its place already says.
 *
 * An activity names its conversation, its number, its time and both sides, and its buttons say what its
 * options say: of two thousand bytes a turn, four in ten are known from the record that holds it. What is
 * as expected is left out and put back when it is read, in the order in which it stood; anything else is kept
 * as it is. Turns from before this form, plain lists, are read as well.
 */
import { activityId, BOT_ID, type StoredActivity } from './stored-activity.ts'

export interface TurnPlace {
  readonly conversation: string
  readonly lastSeq: number
}

type Fields = Readonly<Record<string, unknown>>

/** `u`: the visitor's own, with her id; `b`: the bot's, `r`: the bot's in reply to the turn's first; `w`: whole. */
type Kept = ['u', string, Fields] | ['b' | 'r', Fields] | ['w', Fields]

interface KeptTurn {
  /** When, and under which version of the scripts; each as the first activity that has one says. */
  readonly at: string
  readonly script: string | null
  readonly kept: readonly Kept[]
  /** What the turn changed of the state (`state-change`), where its record says it. */
  readonly state?: unknown
}

const CHANNEL = 'directline'
/** Stands for buttons that say the options' labels; other buttons that send what they say are kept as a list. */
const AS_OPTIONS = 'options'

/** @param change - what the turn changed of the state, as JSON. */
export function writeTurn(
  activities: readonly StoredActivity[],
  { conversation, lastSeq }: TurnPlace,
  change: string | null = null,
): string {
  const at = activities[0]?.timestamp ?? ''
  const script = activities.map(scriptOf).find((one) => one !== null) ?? null
  const firstSeq = lastSeq - activities.length + 1
  const first = activities[0]?.id
  const kept = activities.map((activity, index): Kept => {
    const { id, timestamp, channelId, from, conversation: place, ...others } = activity
    const isHere = id === activityId(conversation, firstSeq + index) && timestamp === at && channelId === CHANNEL
    if (!isHere || place.id !== conversation || sizeOf(place) > 1 || sizeOf(from) > 2) return ['w', { ...activity }]
    if (from.id === BOT_ID && from.role === 'bot' && others.type !== '') return keptOfBot(others, { first, script })
    const { type, recipient, ...rest } = others
    const isPlain = from.role === 'user' && type === 'message' && recipient?.id === BOT_ID && sizeOf(recipient) === 1
    return isPlain ? ['u', from.id, rest] : ['w', { ...activity }]
  })
  const json = JSON.stringify({ at, script, kept } satisfies KeptTurn)
  return change === null ? json : `${json.slice(0, -1)},"state":${change}}`
}

/** What the turn changed of the state. */
export function readChange(json: string): unknown {
  return (JSON.parse(json) as KeptTurn).state
}

export function readTurn(json: string, place: TurnPlace): readonly StoredActivity[] {
  const turn = JSON.parse(json) as KeptTurn | StoredActivity[]
  if (Array.isArray(turn)) return turn
  const { at, script, kept } = turn
  const { conversation, lastSeq } = place
  const firstSeq = lastSeq - kept.length + 1
  const firstWhole = kept[0]?.[0] === 'w' ? (kept[0][1].id as string) : activityId(conversation, firstSeq)
  return kept.map((one, index) => {
    if (one[0] === 'w') return one[1] as unknown as StoredActivity
    const base = { timestamp: at, channelId: CHANNEL }
    const id = activityId(conversation, firstSeq + index)
    const here = { id: conversation }
    if (one[0] === 'u') {
      const from = { id: one[1], role: 'user' }
      return { id, type: 'message', ...base, from, conversation: here, recipient: { id: BOT_ID }, ...one[2] }
    }
    const from = { id: BOT_ID, role: 'bot' }
    const reply = one[0] === 'r' ? { replyToId: firstWhole } : {}
    return { id, ...base, from, conversation: here, ...reply, ...ofBot(one[1], script) } as StoredActivity
  })
}

function keptOfBot(
  { replyToId, ...message }: Fields,
  { first, script }: { first: string | undefined; script: string | null },
): Kept {
  const isReply = replyToId !== undefined && replyToId === first
  const known = isReply || replyToId === undefined ? message : { replyToId, ...message }
  return [isReply ? 'r' : 'b', withoutKnown(known, script)]
}

/** A message's type, its script's version and buttons that repeat its options are left out. */
function withoutKnown(message: Fields, script: string | null): Fields {
  const short: Record<string, unknown> = {}
  for (const name in message) {
    const value = message[name]
    if (name === 'suggestedActions') short[name] = shortActions(value, message.channelData)
    else if (name === 'channelData') short[name] = withoutScript(value, script)
    else if (name !== 'type' || value !== 'message') short[name] = value
    else short.type = ''
  }
  return short
}

function ofBot(short: Fields, script: string | null): Fields {
  const message: Record<string, unknown> = {}
  for (const name in short) {
    const value = short[name]
    if (name === 'channelData') message[name] = withScript(value, script)
    else if (name === 'suggestedActions') message[name] = longActions(value, short.channelData)
    else message[name] = name === 'type' && value === '' ? 'message' : value
  }
  return message
}

interface Data {
  readonly porchlight?: { readonly script?: unknown; readonly input?: { readonly options?: unknown } }
}

function scriptOf({ channelData }: StoredActivity): string | null {
  const script = (channelData as Data | undefined)?.porchlight?.script
  return typeof script === 'string' ? script : null
}

/** The version stands last in what a message says of itself; where it does not, it stays. */
function withoutScript(data: unknown, script: string | null): unknown {
  const about = (data as Data | undefined)?.porchlight
  if (script === null || about?.script !== script || Object.keys(about).at(-1) !== 'script') return data
  if (Object.keys(data as object).length !== 1) return data
  const { script: _version, ...rest } = about
  return { porchlight: rest, v: 1 }
}

function withScript(data: unknown, script: string | null): unknown {
  const { porchlight, v } = (data ?? {}) as { porchlight?: object; v?: unknown }
  return v === 1 && porchlight !== undefined ? { porchlight: { ...porchlight, script } } : data
}

function shortActions(actions: unknown, data: unknown): unknown {
  const buttons = (actions as { actions?: unknown }).actions
  if (!Array.isArray(buttons) || sizeOf(actions as object) !== 1 || !buttons.every(saysItsTitle)) return actions
  const titles = buttons.map(({ title }) => title as string)
  const labels = labelsIn(data)
  return titles.length === labels.length && titles.every((title, index) => title === labels[index])
    ? AS_OPTIONS
    : titles
}

/** As `actionsSaying` makes it, with its fields in that order. */
function saysItsTitle(button: Fields): boolean {
  const [first, second, third, ...more] = Object.keys(button)
  return (
    first === 'type' &&
    second === 'title' &&
    third === 'value' &&
    more.length === 0 &&
    button.type === 'imBack' &&
    typeof button.title === 'string' &&
    button.value === button.title
  )
}

function longActions(short: unknown, data: unknown): unknown {
  if (short === AS_OPTIONS) return actionsSaying(labelsIn(data))
  return Array.isArray(short) ? actionsSaying(short) : short
}

function actionsSaying(titles: readonly unknown[]): object {
  return { actions: titles.map((title) => ({ type: 'imBack', title, value: title })) }
}

function labelsIn(data: unknown): readonly unknown[] {
  const options = (data as Data | undefined)?.porchlight?.input?.options
  return Array.isArray(options) ? options.map(({ label }) => label) : []
}

function sizeOf(value: object): number {
  return Object.keys(value).length
}
