/**
 * Our adapter on the Bot Framework's `BotAdapter`: Direct Line activities become turns.
 *
 * What a turn says is stored and on the visitor's stream before the SDK hears of it (`takeTurn`),
 * so that a crash can never show what was not kept; `sendActivities` therefore only gives back ids.
 */
import type {
  Activity,
  ConversationReference,
  Middleware,
  MiddlewareHandler,
  ResourceResponse,
  TurnContext,
} from 'botbuilder'
// The class alone: the whole of the SDK is some four hundred modules, a fifth of a start.
import { BotAdapter } from 'botbuilder-core/lib/botAdapter.js'
import type { IncomingActivity } from '../../flows/activity.ts'
import { AdmissionsError } from '../errors.ts'
import type { TurnResult } from '../turn/turn.ts'
import { type AdmissionsBot, resultOf, VISITOR, type Visitor } from './admissions-bot.ts'

export class DirectLineAdapter extends BotAdapter {
  readonly #bot: AdmissionsBot
  #hasMiddleware = false

  constructor(bot: AdmissionsBot) {
    super()
    this.#bot = bot
  }

  override use(...middleware: (MiddlewareHandler | Middleware)[]): this {
    this.#hasMiddleware = true
    return super.use(...middleware)
  }

  /** Without middleware nobody looks at the SDK's context: the bot is given the activity itself. */
  async receive(visitor: Visitor, incoming: IncomingActivity): Promise<TurnResult> {
    return this.#hasMiddleware ? this.#throughMiddleware(visitor, incoming) : this.#bot.take(visitor, incoming)
  }

  async #throughMiddleware(visitor: Visitor, incoming: IncomingActivity): Promise<TurnResult> {
    const activity = {
      ...incoming,
      channelId: 'directline',
      conversation: { id: visitor.conversation },
      from: { ...incoming.from, id: visitor.user },
      recipient: { id: 'porchlight' },
      serviceUrl: '',
    } as unknown as Partial<Activity>
    const { TurnContext } = await import('botbuilder')
    const context = new TurnContext(this, activity)
    context.turnState.set(VISITOR, visitor)
    let result: TurnResult | null = null
    await this.runMiddleware(context, async (turn) => {
      await this.#bot.run(turn)
      result = resultOf(turn)
    })
    if (result === null) throw new AdmissionsError('ServiceError', 'A middleware ended the turn before it was taken.')
    return result
  }

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((activity) => ({ id: activity.id ?? '' }))
  }

  override async updateActivity(): Promise<void> {
    throw new AdmissionsError('NotSupported', 'A sent activity is never changed.')
  }

  override async deleteActivity(): Promise<void> {
    throw new AdmissionsError('NotSupported', 'A sent activity is never deleted; a conversation can be erased.')
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const { TurnContext } = await import('botbuilder')
    const activity = TurnContext.applyConversationReference(
      { type: 'event', name: 'ContinueConversation' },
      reference,
      true,
    )
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }
}
