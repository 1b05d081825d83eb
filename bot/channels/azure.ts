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
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { begin, isOtherLanguage, localeOf } from '../turn/begin.ts'
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
      context.turnState.set(VISITOR, await visitorOf(house, activity))
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
  readonly locale?: string | undefined
}

const TALKS_AT_MOST = 1_000

/**
 * A channel's ids can be long and telling: ours is a hash of them. A channel keeps its id for ever, so the
 * conversation after an erased one has the next hash: whoever took her words back, or was away until they ended, is heard again.
 */
export async function visitorOf(house: House, activity: ChannelActivity): Promise<Visitor> {
  const program = programOf(house, activity)
  const { id: user } = activity.from
  const named = `${activity.channelId} ${activity.conversation.id}`
  for (let talk = 0; talk < TALKS_AT_MOST; talk += 1) {
    const text = talk === 0 ? named : `${named} ${talk}`
    const conversation = createHash('sha256').update(text).digest('base64url').slice(0, 32)
    const isNew = await begin(house, {
      id: conversation,
      program,
      user,
      locale: localeOf(activity.locale),
      speaksOther: isOtherLanguage(activity.locale),
    })
    if (isNew || (await house.conversations.load(conversation).catch(nullIfIllegible)))
      return { conversation, user, program }
  }
  throw new AdmissionsError('TooManyRequests', 'This conversation was erased too often: write in a new one.')
}

function programOf(house: House, activity: ChannelActivity): string {
  const programs = [...house.world.programs]
  const [program] =
    programs.find(([, one]) => one.botIds.includes(activity.recipient.id)) ?? (programs[0] as (typeof programs)[0])
  return program
}
