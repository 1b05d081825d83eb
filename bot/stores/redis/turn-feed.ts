/**
 * Turns of other machines, by publish and subscribe: one channel per conversation that is followed here.
 *
 * A message is `machine:first:last:` and the sealed activities; this machine's own are left aside, as
 * its listeners have them already.
 */

import type { TurnRecord } from '../../ports.ts'
import type { TurnFeed } from '../../turn/exchange.ts'
import type { Connection } from './connection.ts'

export function redisTurnFeed(redis: Connection, machine: string): TurnFeed {
  const channelOf = (conversation: string): string => `${redis.root}:turn:${conversation}`
  const prefix = channelOf('')
  return {
    follow: (conversation) => redis.subscribe(channelOf(conversation)),
    unfollow: (conversation) => void redis.unsubscribe(channelOf(conversation)),
    onTurn(listener) {
      redis.onMessage((channel, message) => {
        if (!channel.startsWith(prefix)) return
        const { from, turn } = parse(message)
        if (from !== machine) listener(channel.slice(prefix.length), turn)
      })
    },
    onGap: (listener) => redis.onGap(listener),
  }
}

function parse(message: Buffer): { from: string; turn: TurnRecord } {
  const ends: number[] = []
  for (let at = 0; ends.length < 3; ends.push(at), at += 1) at = message.indexOf(':', at)
  const [first = 0, second = 0, third = 0] = ends
  const text = (from: number, to: number): string => message.subarray(from, to).toString('utf8')
  const turn = {
    firstSeq: Number(text(first + 1, second)),
    lastSeq: Number(text(second + 1, third)),
    body: message.subarray(third + 1),
  }
  return { from: text(0, first), turn }
}
