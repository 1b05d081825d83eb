/**
 * Sealed documents and reservations on Redis.
 */
import { randomUUID } from 'node:crypto'
import type { DocumentRecord, DocumentStore, Reservation, ReservationStore } from '../document-port.ts'
import { withEntry } from './audit.ts'
import type { Connection } from './connection.ts'
import { bytesOf, jsonOf, listOf, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

/** What is over is only cleared away: no clock has to be right for it. */
const SLACK_MS = 86_400_000

type About = Omit<DocumentRecord, 'body'>

export function redisDocuments(redis: Connection): DocumentStore {
  return {
    async putDocument({ body, ...about }, event) {
      const { id, conversation, expiresAt } = about
      const given = [conversation, id, JSON.stringify(about), body, expiresAt ?? '']
      return (await redis.run(scripts.putDocument, ...given, ...withEntry(event))) === 1
    },
    async documents(conversation) {
      const rows = listOf(await redis.run(scripts.documents, conversation)).map((row) => {
        const [about, body] = listOf(row)
        return { ...jsonOf<About>(about), body: bytesOf(body) }
      })
      return rows.toSorted((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1))
    },
    async dropDocument(conversation, id) {
      return (await redis.run(scripts.dropDocument, conversation, id)) === 1
    },
    async consentLedger(conversation) {
      const flat = listOf(await redis.run(scripts.consentLedger, conversation))
      return Array.from({ length: flat.length / 2 }, (_, index) => ({
        id: textOf(flat[index * 2]).split('|')[0] ?? '',
        body: bytesOf(flat[index * 2 + 1]),
      }))
    },
    dropExpired: async (at) => Number(await redis.run(scripts.dropExpired, at)),
  }
}

export function redisReservations(redis: Connection): ReservationStore {
  return {
    async reserve({ key, holder, until }, at, event) {
      const forMs = until === null ? '' : String(Math.max(0, Date.parse(until) - Date.parse(at)) + SLACK_MS)
      const reply = await redis.run(scripts.reserve, key, holder, until ?? '', at, forMs, ...withEntry(event))
      return reply === 1 ? 'reserved' : 'taken'
    },
    async giveBack(key, holder, event) {
      const [operation = randomUUID(), ...entry] = withEntry(event)
      return (await redis.run(scripts.giveBack, key, holder, operation, ...entry)) === 1
    },
    async reservations(prefix, at) {
      const flat = listOf(await redis.run(scripts.reservations, prefix))
      const all = Array.from({ length: flat.length / 2 }, (_, index) => held(flat[index * 2], flat[index * 2 + 1]))
      return all
        .filter(({ key, until }) => key.startsWith(prefix) && (until === null || until > at))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    },
  }
}

/** `until|holder`, an empty until = for good. */
function held(key: Parameters<typeof textOf>[0], value: Parameters<typeof textOf>[0]): Reservation {
  const [until = '', ...holder] = textOf(value).split('|')
  return { key: textOf(key), holder: holder.join('|'), until: until === '' ? null : until }
}
