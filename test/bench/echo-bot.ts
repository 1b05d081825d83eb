/**
 * The echo bot that two peers stand on: built as Bot Framework's own samples build it.
 */
import {
  ActivityHandler,
  type Request as BotRequest,
  type Response as BotResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
} from 'botbuilder'
import express, { type Express } from 'express'

/** An app that answers at `/api/messages` with what it was told. */
export function echoBot(): Express {
  const bot = new ActivityHandler()
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`you said: ${context.activity.text}`)
    await next()
  })
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  const app = express()
  app.post('/api/messages', express.json(), async (request, response) => {
    await adapter.process(request as unknown as BotRequest, response as unknown as BotResponse, (context) =>
      bot.run(context),
    )
  })
  return app
}
