/**
 * A peer: offline-directline, which keeps conversations in memory, before a botbuilder echo bot that posts its reply back.
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
import { getRouter } from 'offline-directline'

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
const server = app.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app.use(getRouter(address, `${address}/api/messages`, false))
  process.stdout.write(`listening on ${address}\n`)
})
