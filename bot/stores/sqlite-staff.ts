/**
 * Desk accounts and their sessions in the embedded store.
 *
 * A session's cookie is kept as its SHA-256 only: a copy of the file signs nobody in.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { SecondFactor, SpentCode, StaffRecord, StaffSession, StaffStore } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter, withEntry } from './sqlite-audit.ts'
import type { StaffChange } from './staff-port.ts'

export function sqliteStaff(database: DatabaseSync, group: GroupCommit): StaffStore {
  const put = database.prepare('INSERT OR REPLACE INTO staff VALUES (?, ?, ?, ?, ?, ?)')
  const one = database.prepare('SELECT * FROM staff WHERE name = ?')
  const all = database.prepare('SELECT * FROM staff ORDER BY name')
  const spend = database.prepare("UPDATE staff SET more = json_set(more, '$.secondFactor', json(?)) WHERE name = ?")
  const endAll = database.prepare('DELETE FROM sessions WHERE name = ?')
  const writeEntry = auditWriter(database)
  const write = (staff: StaffRecord): void => {
    const programs = staff.programs === null ? null : JSON.stringify(staff.programs)
    const { name, role, passwordHash, disabled, secondFactor, openId } = staff
    put.run(name, role, programs, passwordHash, disabled ? 1 : 0, JSON.stringify({ secondFactor, openId }))
  }
  return {
    putStaff: (staff, event) =>
      group.run(() => {
        write(staff)
        if (event) writeEntry(event)
      }),
    changeStaff: (name, { endSessions = false, ...change }, event) =>
      group.run(() => {
        const staff = toStaff(one.get(name))
        if (staff) write(changed(staff, change))
        if (staff && endSessions) endAll.run(name)
        return withEntry(writeEntry, event, staff !== null)
      }),
    staff: async (name) => toStaff(one.get(name)),
    staffList: async () => all.all().map((row) => toStaff(row) as StaffRecord),
    spendCode: (name, code) =>
      group.run(() => {
        const left = factorAfter(toStaff(one.get(name))?.secondFactor, code)
        if (left) spend.run(JSON.stringify(left), name)
        return left !== null
      }),
    ...sessions(database, group),
  }
}

function changed(staff: StaffRecord, { secondFactor, ...change }: Omit<StaffChange, 'endSessions'>): StaffRecord {
  const { secondFactor: before, ...plain } = { ...staff, ...change }
  const now = secondFactor === undefined ? before : secondFactor
  return now ? { ...plain, secondFactor: now } : plain
}

type Sessions = Pick<
  StaffStore,
  'putSession' | 'touchSession' | 'session' | 'signedIn' | 'sessionsOf' | 'endSession' | 'endSessionsOf'
>

function sessions(database: DatabaseSync, group: GroupCommit): Sessions {
  const putSession = database.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?)')
  const touch = database.prepare('UPDATE sessions SET expires_at = ?, seen_at = ? WHERE id = ?')
  const session = database.prepare('SELECT * FROM sessions WHERE id = ?')
  const account = database.prepare('SELECT * FROM staff WHERE name = ?')
  const ofName = database.prepare('SELECT * FROM sessions WHERE name = ?')
  const end = database.prepare('DELETE FROM sessions WHERE id = ?')
  const endAll = database.prepare('DELETE FROM sessions WHERE name = ?')
  return {
    async putSession(entry) {
      const { id, name, startedAt, expiresAt, seenAt = null, device = null } = entry
      await group.run(() => putSession.run(id, name, startedAt, expiresAt, seenAt, device))
    },
    async touchSession({ id, expiresAt, seenAt = null }) {
      await group.run(() => touch.run(expiresAt, seenAt, id))
    },
    async session(id) {
      const row = session.get(id)
      return row ? toSession(row) : null
    },
    async signedIn(id) {
      const row = session.get(id)
      const staff = row ? toStaff(account.get(row.name as string)) : null
      return row && staff ? { session: toSession(row), staff } : null
    },
    sessionsOf: async (name) => ofName.all(name).map(toSession),
    async endSession(id) {
      await group.run(() => end.run(id))
    },
    async endSessionsOf(name) {
      await group.run(() => endAll.run(name))
    },
  }
}

/** The second factor without the code, or null when there was none to use. */
function factorAfter(factor: SecondFactor | undefined, code: SpentCode): SecondFactor | null {
  if (!factor) return null
  if ('step' in code) return code.step > factor.lastStep ? { ...factor, lastStep: code.step } : null
  const codes = factor.recovery.split(' ')
  const left = codes.filter((one) => one !== code.recovery)
  return left.length < codes.length ? { ...factor, recovery: left.join(' ') } : null
}

function toSession(row: Record<string, unknown>): StaffSession {
  const { id, name, started_at, expires_at, seen_at, device } = row as Record<string, string | null>
  return {
    id: id as string,
    name: name as string,
    startedAt: started_at as string,
    expiresAt: expires_at as string,
    ...(seen_at != null && { seenAt: seen_at }),
    ...(device != null && { device }),
  }
}

function toStaff(row: Record<string, unknown> | undefined): StaffRecord | null {
  if (!row) return null
  return {
    name: row.name as string,
    role: row.role as StaffRecord['role'],
    programs: row.programs === null ? null : JSON.parse(row.programs as string),
    passwordHash: row.password_hash as string,
    disabled: row.disabled === 1,
    ...(row.more === null ? {} : (JSON.parse(row.more as string) as Pick<StaffRecord, 'secondFactor' | 'openId'>)),
  }
}
