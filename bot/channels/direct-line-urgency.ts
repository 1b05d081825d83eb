/**
 * A sentence of danger passes every limit: somebody who writes fast in fear is not told to wait.
 *
 * It is heard in the light of what was said: a "yes" to the question about safety is as urgent as a sentence.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import type { Outcome } from '../../flows/safety/verdict.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { addressPrefix } from '../limits/rate-limit.ts'
import { screenedMessage } from '../turn/screened.ts'
import type { TurnResult } from '../turn/turn.ts'
import type { Visitor } from './admissions-bot.ts'
import type { DirectLine } from './direct-line.ts'

/** Without a store, or without such a conversation, the words are heard alone. */
export async function heardIn(house: House, conversation: string, activity: IncomingActivity): Promise<Outcome> {
  if (activity.type !== 'message') return 'go-on'
  const live = await house.conversations.recent(conversation).catch(() => null)
  return screenedMessage(activity, live?.state.said ?? [])?.verdict.outcome ?? 'go-on'
}

/**
 * A turn as the limits let it: of a conversation, its network, its program and the house. Danger passes them
 * all and is taken at once; everything else waits for its turn.
 *
 * @throws AdmissionsError `TooManyRequests` for everything but danger.
 */
export async function receiveInTurn(
  line: DirectLine,
  visitor: Visitor,
  { activity, address }: { activity: IncomingActivity; address: string | undefined },
): Promise<TurnResult> {
  const { conversation, program } = visitor
  const from = { network: addressPrefix(address), program }
  const wait = Math.max(line.turnLimit.take(conversation), line.crowd.wait(from))
  const take = (): Promise<TurnResult> => line.adapter.receive(visitor, activity)
  if (wait === 0 && line.crowd.isQuiet()) return line.crowd.inLine(take)
  if ((await heardIn(line.house, conversation, activity)) !== 'go-on') return take()
  const waitS = wait === 0 && line.crowd.isFull() ? 1 : wait
  if (waitS > 0) {
    const retryAfter = new Date(line.house.clock.now().getTime() + waitS * 1000).toUTCString()
    throw new AdmissionsError('TooManyRequests', 'Too many messages in a minute: wait a moment.', { retryAfter })
  }
  return line.crowd.inLine(take)
}
