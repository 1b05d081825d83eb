/**
 * Desk events of all machines: numbered by Redis, kept there, and heard by every machine in one order.
 *
 * Each machine holds the last ones too, so a desk resumes on any of them. Ids follow one another, so a
 * hole shows that something was missed, and it is read from what is kept.
 */
import { createDeskLog, type DeskEvent, type DeskEvents, EVENTS_KEPT } from '../../queue/desk-events.ts'
import type { Connection } from './connection.ts'
import { jsonOf, listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'
import { together } from './together.ts'

export async function redisDeskEvents(redis: Connection): Promise<DeskEvents> {
  const channel = `${redis.root}:desk`
  const log = createDeskLog(0)
  let reading: Promise<void> = Promise.resolve()
  const readOn = (): Promise<void> => {
    reading = reading.then(async () => {
      for (const event of await eventsAfter(redis, log.lastId())) log.add(event)
    })
    return reading.catch(() => undefined)
  }
  const hear = (id: number, text: string): void => {
    if (id === log.lastId() + 1) log.add({ ...JSON.parse(text), id })
    else if (id > log.lastId()) void readOn()
  }
  redis.onMessage((from, message) => {
    if (from !== channel) return
    const text = message.toString('utf8')
    const colon = text.indexOf(':')
    hear(Number(text.slice(0, colon)), text.slice(colon + 1))
  })
  redis.onGap(() => void readOn())
  // Without a line at the start, the first one that stands tells of a gap, and they are read then.
  const heard = redis.subscribe(channel).then(readOn, () => undefined)
  if (redis.isReached) await heard
  return {
    ...log,
    emit: together((events) => {
      const written = events.map((event) => JSON.stringify(event))
      redis.run(scripts.emitDeskEvents, Date.now(), EVENTS_KEPT, ...written).catch(() => undefined)
    }),
  }
}

async function eventsAfter(redis: Connection, id: number): Promise<DeskEvent[]> {
  const newest = await redis.ask('xrevrange', `${redis.root}:desk-events`, '+', `(${id}-0`, 'COUNT', EVENTS_KEPT)
  return listOf(newest).map(toEvent).toReversed()
}

/** An entry of the stream: [`id-0`, [event, JSON]]. */
function toEvent(entry: Reply): DeskEvent {
  const [id, fields] = listOf(entry)
  return { ...jsonOf<Omit<DeskEvent, 'id'>>(listOf(fields)[1]), id: Number.parseInt(textOf(id), 10) }
}
