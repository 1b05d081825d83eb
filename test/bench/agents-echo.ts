/**
 * A peer: the same echo bot on the SDK's successor.
 */
import type { AddressInfo } from 'node:net'
import { ActivityHandler, CloudAdapter } from '@microsoft/agents-hosting'
import express from 'express'

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  await context.sendActivity(`you said: ${context.activity.text}`)
  await next()
})
const adapter = new CloudAdapter()
const app = express()
app.use(express.json())
app.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context))
})
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
