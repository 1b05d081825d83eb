/**
 * A peer: an echo bot as Bot Framework's own samples build it, with the reply in the response.
 */
import type { AddressInfo } from 'node:net'
import {
  ActivityHandler,
  type Request as BotRequest,
  type Response as BotResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
} from 'botbuilder'
import express from 'express'

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  await context.sendActivity(`you said: ${context.activity.text}`)
  await next()
})
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const app = express()
app.use(express.json())
app.post('/api/messages', async (request, response) => {
  await adapter.process(request as unknown as BotRequest, response as unknown as BotResponse, (context) =>
    bot.run(context),
  )
})
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
