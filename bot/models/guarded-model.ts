/**
 * A model within bounds: tokens a day, requests a conversation, and a breaker that opens after failures.
 *
 * While the breaker is open nothing is asked at all, so a server that is down costs nobody a wait; after a
 * pause one request tries again. Whoever asks beyond a bound hears `MODEL_UNAVAILABLE` at once.
 */
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { LanguageModel, ModelReply, ModelRequest } from './language-model.ts'

export interface Bounds {
  readonly tokensADay: number
  readonly requestsAConversation: number
  /** Failures in a row that open the breaker, and for how long (ms). */
  readonly failuresAtMost: number
  readonly pauseMs: number
}

const usualBounds: Bounds = {
  tokensADay: 500_000,
  requestsAConversation: 20,
  failuresAtMost: 3,
  pauseMs: 60_000,
}

export interface GuardedModel {
  /** @throws AdmissionsError `MODEL_UNAVAILABLE` beyond a bound, while the breaker is open, or as the model does. */
  ask(conversation: string, request: ModelRequest, onGrowth?: (text: string) => void): Promise<ModelReply>
}

/** Conversations counted at once; the oldest are forgotten first. */
const COUNTED_AT_MOST = 10_000

export function guardedModel(model: LanguageModel, clock: Clock, bounds: Bounds = usualBounds): GuardedModel {
  const asked = new Map<string, number>()
  let day = ''
  let tokens = 0
  let failures = 0
  let openUntil = 0
  return {
    async ask(conversation, request, onGrowth) {
      const now = clock.now()
      const today = now.toISOString().slice(0, 10)
      if (today !== day) [day, tokens] = [today, 0]
      if (now.getTime() < openUntil) refuse('is not asked for a while, because it failed several times')
      if (tokens >= bounds.tokensADay) refuse('has had its words for today')
      const times = asked.get(conversation) ?? 0
      if (times >= bounds.requestsAConversation) refuse('was asked often enough in this conversation')
      asked.delete(conversation)
      asked.set(conversation, times + 1)
      if (asked.size > COUNTED_AT_MOST) asked.delete(asked.keys().next().value as string)
      try {
        const reply = await model.complete(request, onGrowth)
        failures = 0
        // A server that does not say what it took is charged what it was allowed.
        tokens += reply.tokens > 0 ? reply.tokens : request.tokensAtMost
        return reply
      } catch (error) {
        failures += 1
        tokens += request.tokensAtMost
        if (failures >= bounds.failuresAtMost) openUntil = clock.now().getTime() + bounds.pauseMs
        throw error
      }
    },
  }
}

function refuse(why: string): never {
  throw new AdmissionsError('MODEL_UNAVAILABLE', `The model ${why}.`)
}
