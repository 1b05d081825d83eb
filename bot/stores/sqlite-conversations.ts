/**
 * Conversations, turns and questions in the embedded store.
 *
 * `commit` is the heart: state, activities, lead, effects, consents and audit events of one turn
 * stand in one transaction, or none of them does.
 */
import type { DatabaseSync } from 'node:sqlite'
import { AdmissionsError } from '../errors.ts'
import type { ConversationRecord, ConversationStore, QuestionRecord, TurnCommit, TurnRecord } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter } from './sqlite-audit.ts'
import { sqliteEffects } from './sqlite-effects.ts'
import { cutLog, eraser } from './sqlite-erasing.ts'
import { leadOpener } from './sqlite-lead-opening.ts'
import { referralCounter } from './sqlite-referrals.ts'

type Row = Record<string, unknown>

/**
 * Activities back within which a client key is looked for once more when its turn is written. The caller
 * has asked for all of them already; the version that it names proves that none was added since.
 */
const KEYS_WITHIN = 1_024

type Conversations = Omit<ConversationStore, 'keepsChanges'>

export function sqliteConversations(database: DatabaseSync, group: GroupCommit): Conversations {
  const insert = database.prepare('INSERT OR IGNORE INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)')
  const select = database.prepare('SELECT * FROM conversations WHERE id = ? AND erased_at IS NULL')
  const versionOf = database.prepare('SELECT version FROM conversations WHERE id = ? AND erased_at IS NULL')
  const turnsAfter = database.prepare('SELECT * FROM turns WHERE conversation = ? AND last_seq > ? ORDER BY last_seq')
  const byClient = database.prepare('SELECT * FROM turns WHERE conversation = ? AND client_key = ?')
  const commit = turnCommitter(database)
  const read = (id: string): ConversationRecord | null => {
    const row = select.get(id)
    if (!row) return null
    const changes = row.state_seq === null ? [] : turnsAfter.all(id, row.state_seq as number).map(toTurn)
    return { ...toConversation(row), changes }
  }
  return {
    async start(record) {
      const { id, program, user, version, lastSeq, wrappedKey, state, startedAt } = record
      const write = () =>
        insert.run(id, program, user, version, lastSeq, wrappedKey, state, startedAt, startedAt).changes
      return (await group.run(write)) === 1 ? 'started' : 'exists'
    },
    load: async (id) => read(id),
    async loadSince(id, version) {
      if (versionOf.get(id)?.version === version) return 'same'
      return read(id)
    },
    commit: (turn) => group.run(() => commit(turn)),
    async turnsAfter(id, seq) {
      return turnsAfter.all(id, seq).map(toTurn)
    },
    async turnByClientKey(id, clientKey) {
      // Whoever asks is told that her message was taken.
      await group.settled()
      const row = byClient.get(id, clientKey)
      return row ? toTurn(row) : null
    },
    ...erasing(database, group),
    ...sqliteEffects(database, group),
  }
}

function turnCommitter(database: DatabaseSync): (turn: TurnCommit) => 'committed' | 'conflict' {
  const update = stateWriter(database)
  const insertTurn = database.prepare(
    `INSERT INTO turns SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS
      (SELECT 1 FROM turns WHERE conversation = ?1 AND last_seq > ?2 - ${KEYS_WITHIN} AND client_key = ?4)`,
  )
  const insertEffect = database.prepare('INSERT OR IGNORE INTO effects VALUES (?, ?, ?, ?, ?, ?, NULL)')
  const insertQuestion = database.prepare(
    'INSERT INTO questions SELECT ?, program, id, ?, ? FROM conversations WHERE id = ?',
  )
  const insertConsent = database.prepare('INSERT INTO consents VALUES (?, ?, ?, ?, ?, ?)')
  const openLead = leadOpener(database)
  const writeAudit = auditWriter(database)
  const countReferrals = referralCounter(database)
  return (turn) => {
    const id = turn.conversation
    const seq = turn.turn?.lastSeq ?? 0
    if (!update(turn, seq)) return 'conflict'
    if (turn.turn) {
      const { lastSeq, firstSeq, body } = turn.turn
      if (insertTurn.run(id, lastSeq, firstSeq, turn.clientKey, body).changes !== 1)
        throw new AdmissionsError('STORE_UNAVAILABLE', 'This message was taken before; nothing was kept twice.')
    }
    if (turn.lead) openLead(id, turn.lead, turn.at)
    for (const effect of turn.effects) {
      insertEffect.run(effect.id, effect.kind, id, JSON.stringify(effect.detail), effect.dueAt, effect.attempts)
    }
    for (const question of turn.questions) insertQuestion.run(question.id, turn.at, question.body, id)
    for (const consent of turn.consents) {
      insertConsent.run(consent.id, id, consent.kind, consent.given ? 1 : 0, turn.at, consent.body)
    }
    for (const event of turn.audit) writeAudit(event)
    countReferrals(turn)
    return 'committed'
  }
}

/** The state whole, or a note that turns say from here on what they changed; false when another turn came first. */
function stateWriter(database: DatabaseSync): (turn: TurnCommit, seq: number) => boolean {
  const whole = database.prepare(
    `UPDATE conversations SET version = version + 1, last_seq = max(last_seq, ?), touched_at = ?, state = ?, state_seq = NULL
      WHERE id = ? AND version = ? AND erased_at IS NULL`,
  )
  const changed = database.prepare(
    `UPDATE conversations SET version = version + 1, last_seq = ?, touched_at = ?, state_seq = coalesce(state_seq, last_seq)
      WHERE id = ? AND version = ? AND erased_at IS NULL`,
  )
  return ({ conversation, expectedVersion, state, at }, seq) => {
    const place = [conversation, expectedVersion] as const
    const { changes } = state === null ? changed.run(seq, at, ...place) : whole.run(seq, at, state, ...place)
    return changes === 1
  }
}

type Erasing = Pick<ConversationStore, 'erase' | 'openQuestions'>

function erasing(database: DatabaseSync, group: GroupCommit): Erasing {
  const eraseRows = eraser(database)
  const questions = database.prepare(
    'SELECT * FROM questions WHERE (?1 IS NULL OR program IN (SELECT value FROM json_each(?1))) ORDER BY at DESC LIMIT ?2',
  )
  return {
    async erase(id, at, together) {
      const result = await group.run(() => eraseRows(id, at, together))
      cutLog(database)
      return result
    },
    async openQuestions(programs, limit) {
      return questions.all(programs === null ? null : JSON.stringify(programs), limit).map(toQuestion)
    },
  }
}

function toConversation(row: Row): Omit<ConversationRecord, 'changes'> {
  return {
    id: row.id as string,
    program: row.program as string,
    user: row.user as string,
    version: row.version as number,
    lastSeq: row.last_seq as number,
    wrappedKey: row.wrapped_key as Uint8Array,
    state: row.state as Uint8Array,
    startedAt: row.started_at as string,
  }
}

function toTurn(row: Row): TurnRecord {
  return { firstSeq: row.first_seq as number, lastSeq: row.last_seq as number, body: row.body as Uint8Array }
}

function toQuestion(row: Row): QuestionRecord {
  return {
    id: row.id as string,
    program: row.program as string,
    conversation: row.conversation as string,
    at: row.at as string,
    body: row.body as Uint8Array,
  }
}
