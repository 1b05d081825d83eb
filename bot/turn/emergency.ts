/**
 * The card without a store: when nothing can be read or kept, a person in danger still gets help.
 *
 * The gate and the crisis script are pure, so they run on an empty conversation; what they say goes
 * straight to the visitor's stream, or waits in memory for her next poll. It is not kept, and the
 * post is answered with an error, so that her client sends the message again.
 */
import type { BotMessage } from '../../flows/activity.ts'
import { newConversation } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { newId } from './conversations.ts'
import { decide } from './decide.ts'
import { BOT_ID, type StoredActivity } from './stored-activity.ts'
import type { TurnRequest } from './turn.ts'
import { visitorMessage } from './visitor-message.ts'

const HELD_AT_MOST = 1_000
/** So long may a store take to say the rest beside a card that waits. */
const SOON_MS = 300

export interface Emergencies {
  hold(conversation: string, activities: readonly StoredActivity[]): void
  /** What waits for this conversation's poll; given once. */
  take(conversation: string): readonly StoredActivity[]
  /** Calls back when something comes, and soon when something waits already; returns the way to stop. */
  onceHeld(conversation: string, call: () => void): () => void
}

export function createEmergencies(): Emergencies {
  const held = new Map<string, readonly StoredActivity[]>()
  const waiting = new Map<string, () => void>()
  return {
    hold(conversation, activities) {
      if (held.size >= HELD_AT_MOST) held.delete(held.keys().next().value as string)
      held.set(conversation, activities)
      waiting.get(conversation)?.()
    },
    take(conversation) {
      const activities = held.get(conversation) ?? []
      held.delete(conversation)
      return activities
    },
    onceHeld(conversation, call) {
      const soon = held.has(conversation) ? setTimeout(call, SOON_MS) : undefined
      waiting.set(conversation, call)
      return () => {
        clearTimeout(soon)
        if (waiting.get(conversation) === call) waiting.delete(conversation)
      }
    },
  }
}

/** A card that is not kept is better than one that comes after this. */
const LATE_MS = 700

/** While a turn hangs (a store that neither answers nor fails), the card does not wait for it. @returns to be called when the turn is over. */
export function showCardWhenLate(house: House, request: TurnRequest): { isOver(): void; wasShown(): boolean } {
  let shown = false
  const timer = setTimeout(() => {
    shown = true
    showCardUnstored(house, request, null)
  }, LATE_MS)
  return { isOver: () => clearTimeout(timer), wasShown: () => shown }
}

export function showCardUnstored(house: House, request: TurnRequest, error: unknown): void {
  // A talk that is over has a cause only where it could not be opened.
  const isOver = error instanceof AdmissionsError && error.code === 'NotFound' && error.cause === undefined
  if (request.activity.type !== 'message' || isOver) return
  const program = house.world.programs.get(request.program ?? '') ?? house.world.programs.values().next().value
  const message = screen(visitorMessage(request.activity), [])
  if (!program || message.verdict.outcome !== 'escalate') return
  const at = Instant.parse(house.clock.now().toISOString())
  const locale = request.activity.locale?.startsWith('es') ? 'es-US' : 'en-US'
  const state = newConversation(house.world.flows, { program: program.profile, locale, at })
  const { messages } = decide(house.world, program, { state, inputs: [{ type: 'message', message, at }] })
  const activities = messages.map((one) => unstored(one, request.conversation, at))
  if (house.streams.count(request.conversation) > 0)
    house.streams.publish(request.conversation, { activities, lastSeq: null })
  else house.emergencies.hold(request.conversation, activities)
  house.log.error({ event: 'crisis.unstored', conversation: request.conversation })
}

function unstored(message: BotMessage, conversation: string, at: string): StoredActivity {
  return {
    id: `${conversation}|${newId('unstored-')}`,
    timestamp: at,
    channelId: 'directline',
    from: { id: BOT_ID, role: 'bot' },
    conversation: { id: conversation },
    ...message,
  }
}
