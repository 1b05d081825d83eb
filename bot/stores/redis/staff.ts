/**
 * Desk accounts and their sessions on Redis.
 *
 * A session's cookie is kept as its SHA-256 only: a copy of the data signs nobody in.
 */
import { randomUUID } from 'node:crypto'
import type { StaffRecord, StaffSession, StaffStore } from '../../ports.ts'
import { withEntry } from './audit.ts'
import type { Connection } from './connection.ts'
import { jsonOf, listOf } from './reply.ts'
import { scripts } from './scripts.ts'

/** Longer than any session lives after its last use; its own times decide, this only tidies up. */
const KEPT_MS = 13 * 3_600_000

export function redisStaff(redis: Connection): StaffStore {
  const { root } = redis
  return {
    async putStaff(staff, event) {
      await redis.run(scripts.putStaff, staff.name, JSON.stringify(staff), ...withEntry(event))
    },
    async changeStaff(name, { secondFactor, endSessions, ...change }, event) {
      const factor = secondFactor === null ? 'off' : secondFactor === undefined ? '' : JSON.stringify(secondFactor)
      const given = [name, JSON.stringify(change), factor, endSessions ? 'end' : '', ...withEntry(event)]
      return Number(await redis.run(scripts.changeStaff, ...given)) === 1
    },
    async staff(name) {
      const stored = await redis.ask('hget', `${root}:staff`, name)
      return stored === null ? null : jsonOf<StaffRecord>(stored)
    },
    async staffList() {
      const all = listOf(await redis.ask('hvals', `${root}:staff`)).map((stored) => jsonOf<StaffRecord>(stored))
      return all.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    },
    async signedIn(id) {
      const both = await redis.run(scripts.signedIn, id)
      if (both === null) return null
      const [session, staff] = listOf(both)
      return { session: jsonOf<StaffSession>(session), staff: jsonOf<StaffRecord>(staff) }
    },
    async spendCode(name, code) {
      const [step, hash] = 'step' in code ? [code.step, ''] : ['', code.recovery]
      return Number(await redis.run(scripts.spendCode, name, step, hash, randomUUID())) === 1
    },
    ...sessions(redis),
  }
}

type Sessions = Pick<
  StaffStore,
  'putSession' | 'touchSession' | 'session' | 'sessionsOf' | 'endSession' | 'endSessionsOf'
>

function sessions(redis: Connection): Sessions {
  const { root } = redis
  return {
    async putSession(session) {
      await redis.run(scripts.putSession, session.id, session.name, JSON.stringify(session), KEPT_MS)
    },
    async touchSession(session) {
      await redis.run(scripts.touchSession, session.id, session.name, JSON.stringify(session), KEPT_MS)
    },
    async session(id) {
      const stored = await redis.ask('get', `${root}:session:${id}`)
      return stored === null ? null : jsonOf<StaffSession>(stored)
    },
    async sessionsOf(name) {
      const ids = listOf(await redis.ask('smembers', `${root}:sessions-of:${name}`))
      const stored = await Promise.all(ids.map((id) => redis.ask('get', `${root}:session:${id}`)))
      return stored.flatMap((one) => (one === null ? [] : [jsonOf<StaffSession>(one)]))
    },
    async endSession(id) {
      await redis.ask('del', `${root}:session:${id}`)
    },
    async endSessionsOf(name) {
      await redis.run(scripts.endSessions, name)
    },
  }
}
