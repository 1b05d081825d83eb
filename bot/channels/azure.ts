/**
 * Microsoft's channels (Teams, Web Chat through Azure Bot Service): mounted only with an app id.
 *
 * Without one the SDK's CloudAdapter takes unauthenticated posts and answers to any address, so it is
 * never even built then. The program is looked up by the bot's id in the program files.
 */
import { createHash } from 'node:crypto'
import {
  type Request as BotRequest,
  type Response as BotResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
} from 'botbuilder'
import { type Request, type Response, Router } from 'express'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { begin, localeOf } from '../turn/begin.ts'
import { type AdmissionsBot, VISITOR, type Visitor } from './admissions-bot.ts'

export async function azureRoutes(
  house: House,
  bot: AdmissionsBot,
  azure: NonNullable<Config['azure']>,
): Promise<Router> {
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: azure.appId,
    MicrosoftAppPassword: azure.password,
    MicrosoftAppType: azure.tenantId === null ? 'MultiTenant' : 'SingleTenant',
    ...(azure.tenantId === null ? {} : { MicrosoftAppTenantId: azure.tenantId }),
  })
  const adapter = new CloudAdapter(authentication)
  const router = Router()
  router.post('/api/messages', async (request: Request, response: Response) => {
    await adapter.process(request as unknown as BotRequest, response as unknown as BotResponse, async (context) => {
      const { activity } = context
      if (activity.type !== 'message' && activity.type !== 'conversationUpdate') return
      const visitor = visitorOf(house, activity)
      await begin(house, {
        id: visitor.conversation,
        program: visitor.program,
        user: visitor.user,
        locale: localeOf(activity.locale),
      })
      context.turnState.set(VISITOR, visitor)
      await bot.run(context)
    })
  })
  return router
}

interface ChannelActivity {
  readonly channelId: string
  readonly conversation: { readonly id: string }
  readonly from: { readonly id: string }
  readonly recipient: { readonly id: string }
}

/** A channel's ids can be long and telling: ours is a hash of them. */
function visitorOf(house: House, activity: ChannelActivity): Visitor & { program: string } {
  const id = createHash('sha256')
    .update(`${activity.channelId} ${activity.conversation.id}`)
    .digest('base64url')
    .slice(0, 32)
  const programs = [...house.world.programs]
  const [program] =
    programs.find(([, one]) => one.botIds.includes(activity.recipient.id)) ?? (programs[0] as (typeof programs)[0])
  return { conversation: id, user: activity.from.id, program }
}
