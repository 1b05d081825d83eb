/**
 * Erasures on any machine, heard by all: each forgets at once what it still holds readable of that conversation.
 *
 * The erasing script tells it in the same change. What nobody hears while a line is broken may be any conversation.
 */
import type { Erasures } from '../../turn/exchange.ts'
import type { Connection } from './connection.ts'

export async function redisErasures(redis: Connection): Promise<Erasures> {
  const channel = `${redis.root}:erased`
  const listeners: ((conversation: string | 'any') => void)[] = []
  const tell = (conversation: string | 'any'): void => {
    for (const listener of listeners) listener(conversation)
  }
  redis.onMessage((from, message) => {
    if (from === channel) tell(message.toString('utf8'))
  })
  redis.onGap(() => tell('any'))
  // Without a line at the start, the first one that stands tells of a gap.
  const heard = redis.subscribe(channel).catch(() => undefined)
  if (redis.isReached) await heard
  return { onErased: (listener) => void listeners.push(listener) }
}
