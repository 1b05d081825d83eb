/**
 * Conversations, turns and questions on Redis.
 *
 * A conversation is a hash, its turns a stream whose ids are their last sequence numbers. What a
 * commit writes stands together because one script writes it.
 */
import { randomUUID } from 'node:crypto'
import type {
  ConversationRecord,
  ConversationStore,
  QuestionRecord,
  StoredEffect,
  TurnCommit,
  TurnRecord,
} from '../../ports.ts'
import { acuityRank } from '../../queue/lead-order.ts'
import type { ErasedTogether, EraseResult } from '../retention-port.ts'
import { auditEntry } from './audit.ts'
import type { Argument, Connection } from './connection.ts'
import type { redisEffects } from './effects.ts'
import { bytesOf, listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

/** From this form on no machine reads along that knows only whole states. */
const FORM_WITH_CHANGES = 2

const outcomes: readonly EraseResult[] = ['none', 'erased', 'held']

type Conversations = Omit<ConversationStore, keyof ReturnType<typeof redisEffects>>

/** @param machine - names this process in what it publishes. */
export function redisConversations(redis: Connection, machine: string): Conversations {
  const { root } = redis
  return {
    keepsChanges: () => redis.form() >= FORM_WITH_CHANGES,
    async start(record) {
      const { id, program, user, version, lastSeq, wrappedKey, state, startedAt } = record
      const fields = [id, program, user, version, lastSeq, wrappedKey, state, startedAt]
      return (await redis.run(scripts.startConversation, ...fields, randomUUID())) === 1 ? 'started' : 'exists'
    },
    async load(id) {
      const read = await redis.run(scripts.loadConversation, id, '')
      return read === null ? null : toConversation(id, read)
    },
    async loadSince(id, version) {
      const read = await redis.run(scripts.loadConversation, id, version)
      if (read === null) return null
      return Buffer.isBuffer(read) ? 'same' : toConversation(id, read)
    },
    async commit(turn) {
      const reply = await redis.run(scripts.commitTurn, ...commitArguments(turn, machine))
      return textOf(reply) as 'committed' | 'conflict'
    },
    async turnsAfter(id, seq) {
      return listOf(await redis.ask('xrange', `${root}:turns:${id}`, `${seq + 1}-0`, '+')).map(toTurn)
    },
    async turnByClientKey(id, clientKey) {
      const entry = await redis.run(scripts.turnByClientKey, id, clientKey)
      return entry === null ? null : toTurn(entry)
    },
    async erase(id, at, together) {
      const along = together ? alongText(together) : ''
      return outcomes[Number(await redis.run(scripts.eraseConversation, id, at, randomUUID(), along))] ?? 'none'
    },
    async openQuestions(programs, limit) {
      return listOf(await redis.run(scripts.openQuestions, limit, ...(programs ?? []))).map(toQuestion)
    },
  }
}

function commitArguments(turn: TurnCommit, machine: string): Argument[] {
  const { conversation, expectedVersion, at, state, clientKey } = turn
  const { firstSeq = '', lastSeq = '', body = '' } = turn.turn ?? {}
  const sealed = [...turn.questions, ...turn.consents].map((one) => one.body)
  const head = [
    conversation,
    expectedVersion,
    randomUUID(),
    at,
    state ?? '',
    firstSeq,
    lastSeq,
    body,
    clientKey ?? '',
    machine,
  ]
  return [...head, moreOf(turn), ...sealed]
}

/** What few turns have: a lead, effects, questions, consents, events of the trail, referrals. */
function moreOf({ lead, effects, questions, consents, audit, referrals, at }: TurnCommit): string {
  const few = [effects, questions, consents, audit, referrals]
  if (!lead && few.every(({ length }) => length === 0)) return ''
  return JSON.stringify({
    lead: lead ? { ...lead, rank: acuityRank(lead.acuity, lead.route) } : false,
    effects: effects.map(effectEntry),
    questions: questions.map((question) => question.id),
    consents: consents.map(({ id, kind, given }) => `${id}|${kind}|${given ? 'given' : 'refused'}`),
    audit: audit.map(auditEntry),
    referrals: referrals.map(({ label, resource }) => ({ month: at.slice(0, 7), what: `${label}|${resource}` })),
  })
}

function alongText({ givenBack, effects, audit }: ErasedTogether): string {
  return JSON.stringify({ givenBack, effects: effects.map(effectEntry), audit: audit.map(auditEntry) })
}

/** As the scripts store it. */
function effectEntry(effect: StoredEffect) {
  return { id: effect.id, dueAt: effect.dueAt, text: JSON.stringify(effect) }
}

function toConversation(id: string, read: Reply): ConversationRecord {
  const [program, user, version, lastSeq, wrappedKey, state, startedAt, changes] = listOf(read)
  return {
    id,
    program: textOf(program),
    user: textOf(user),
    version: Number(textOf(version)),
    lastSeq: Number(textOf(lastSeq)),
    wrappedKey: bytesOf(wrappedKey),
    state: bytesOf(state),
    changes: changes === null || changes === undefined ? [] : listOf(changes).map(toTurn),
    startedAt: textOf(startedAt),
  }
}

/** An entry of the stream: [`last-0`, [first, number, body, bytes]]. */
function toTurn(entry: Reply): TurnRecord {
  const [id, fields] = listOf(entry)
  const [, first, , body] = listOf(fields)
  return { firstSeq: Number(textOf(first)), lastSeq: Number.parseInt(textOf(id), 10), body: bytesOf(body) }
}

function toQuestion(row: Reply): QuestionRecord {
  const [member, program, body] = listOf(row)
  const [at = '', conversation = '', id = ''] = textOf(member).split('|')
  return { id, program: textOf(program), conversation, at, body: bytesOf(body) }
}
