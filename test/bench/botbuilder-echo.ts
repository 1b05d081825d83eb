/**
 * A peer: an echo bot as Bot Framework's own samples build it, with the reply in the response.
 */
import type { AddressInfo } from 'node:net'
import { echoBot } from './echo-bot.ts'

const server = echoBot().listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
