/**
 * A peer: offline-directline, which keeps conversations in memory, before a botbuilder echo bot that posts its reply back.
 */
import type { AddressInfo } from 'node:net'
import { getRouter } from 'offline-directline'
import { echoBot } from './echo-bot.ts'

const app = echoBot()
const server = app.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app.use(getRouter(address, `${address}/api/messages`, false))
  process.stdout.write(`listening on ${address}\n`)
})
