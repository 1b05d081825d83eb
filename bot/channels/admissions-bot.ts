/**
 * The bot itself, as every Bot Framework adapter drives it: an activity in, `takeTurn`, activities out.
 *
 * It knows a turn context only by its shape, so that the SDK's adapter, Microsoft's channels and the
 * SDK's successor drive the same object.
 */
import { IncomingActivity } from '../../flows/activity.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import { type TurnResult, takeTurn } from '../turn/turn.ts'
import { plainMessage } from './plain-message.ts'

/** What we need of a turn context, in botbuilder's and in its successor's. */
export interface TurnContextLike {
  readonly activity: unknown
  readonly turnState: Map<unknown, unknown>
  sendActivities(activities: never[]): Promise<unknown>
}

/** Where a turn's result waits for the adapter. */
const TURN_RESULT = Symbol('turn result')

/** Which of our conversations a channel's activity belongs to; the adapter says it before the turn. */
export const VISITOR = Symbol('visitor')

export interface Visitor {
  readonly conversation: string
  readonly user: string
  readonly program?: string | undefined
}

export class AdmissionsBot {
  readonly #house: House

  constructor(house: House) {
    this.#house = house
  }

  /** A parsed activity of this visitor, to its end. */
  take({ conversation, program }: Visitor, activity: IncomingActivity): Promise<TurnResult> {
    return takeTurn(this.#house, { conversation, program, activity })
  }

  /** @throws AdmissionsError `MalformedData` for what is no activity. */
  async run(context: TurnContextLike): Promise<void> {
    const visitor = context.turnState.get(VISITOR) as Visitor | undefined
    if (!visitor) throw new AdmissionsError('ServiceError', 'The adapter named no conversation.')
    const result = await this.take(visitor, parseActivity(context.activity))
    context.turnState.set(TURN_RESULT, result)
    const said = result.activities.filter((activity) => activity.from.role === 'bot')
    if (said.length > 0) await context.sendActivities(said.map(asSent) as never[])
  }
}

/** A copy, since adapters write into what they send; the successor's schema asks for whom replies are. */
function asSent(activity: StoredActivity): object {
  const { suggestedActions } = activity
  return suggestedActions ? { ...activity, suggestedActions: { to: [], ...suggestedActions } } : { ...activity }
}

const DEEPEST = 40

/**
 * The most of what is stored and echoed beside the words, as JSON: a client's own remarks are some hundred
 * characters (Web Chat's, Microsoft's client's), a form at most a message.
 *
 * Direct Line takes 256 K characters for a whole activity. Stored and echoed that is a disk filled by one network.
 */
const ASIDE_MAX_CHARACTERS = 16_384

function asideOf({ channelData, value, entities }: IncomingActivity): number {
  return [channelData, value, entities].reduce<number>((sum, part) => sum + (JSON.stringify(part)?.length ?? 0), 0)
}

/** Walks without calling itself: what is deep enough to exhaust a parser's calls is only counted here. */
function isDeeperThan(most: number, value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true
    level = level.flatMap((one) => (one !== null && typeof one === 'object' ? Object.values(one) : []))
  }
  return false
}

/** Parses once; the message names the field and the fault, never what it held. */
export function parseActivity(value: unknown): IncomingActivity {
  const plain = plainMessage(value)
  if (plain) return plain
  if (isDeeperThan(DEEPEST, value))
    throw new AdmissionsError('MalformedData', `The activity is nested more than ${DEEPEST} levels deep: flatten it.`)
  const parsed = IncomingActivity.safeParse(value)
  if (parsed.success && asideOf(parsed.data) > ASIDE_MAX_CHARACTERS)
    throw new AdmissionsError(
      'MessageSizeTooBig',
      `channelData, value and entities together are longer than ${ASIDE_MAX_CHARACTERS} characters of JSON: send less in them.`,
    )
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') || 'the activity'
  if (issue?.code === 'too_big') throw new AdmissionsError('MessageSizeTooBig', `${field} is too long: shorten it.`)
  if (field === 'type')
    throw new AdmissionsError('MissingProperty', 'type is missing or unknown: send message, event or typing.')
  throw new AdmissionsError('MalformedData', `${field} does not have the form of a Bot Framework activity.`)
}

export function resultOf(context: { turnState: Map<unknown, unknown> }): TurnResult {
  return context.turnState.get(TURN_RESULT) as TurnResult
}
