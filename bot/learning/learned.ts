/**
 * What staff answer once and the chat knows from then on: stated by one, said only after another has read it.
 *
 * An entry answers questions that nobody could, or marks a topic as none of the program's business; both
 * stay, with who did what and when. What was passed is said by this machine at once, by others within a
 * minute. Nothing ends by itself: past its date it is said as what the team has to confirm.
 */
import { z } from 'zod'
import { Day } from '../../knowledge/fact.ts'
import { type StaffStatement, staffFact, withFacts } from '../../knowledge/staff/staff-fact.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { ProgramWorld } from '../world.ts'
import type { LearnedRecord } from './learned-port.ts'

/** Days before its date from which a statement is shown as due. */
const DUE_SOON_DAYS = 30
const DAY_MS = 86_400_000

const Sentence = z.string().trim().min(8).max(300)
const Questions = z.array(z.string().max(80)).max(50).default([])
const Topic = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/)
  .nullable()

/** What a person writes for a question that nobody could answer. */
export const Stating = z.strictObject({
  program: z.string().max(41),
  topic: Topic.default(null),
  en: Sentence,
  es: Sentence,
  source: z.string().trim().min(3).max(300),
  /** Who answers for it, by role rather than name. */
  owner: z.string().trim().min(2).max(60).default('admissions'),
  /** After this day it is said as what the team has to confirm; null = in half a year. */
  reviewBy: Day.nullable().default(null),
  tries: z.strictObject({
    en: z.array(z.string().trim().min(3).max(200)).min(1).max(8),
    es: z.array(z.string().trim().min(3).max(200)).max(8).default([]),
  }),
  /** Ids of the questions that it answers. */
  questions: Questions,
  /** The statement that it mends (one that was sent back) or takes the place of (one that is said). */
  mends: z.string().max(80).nullable().default(null),
})
export type Stating = z.infer<typeof Stating>

export const Kept = z.object({
  state: z.enum(['awaits-review', 'said', 'returned', 'out-of-scope', 'withdrawn']),
  topic: Topic,
  stated: Stating.nullable(),
  questions: z.array(z.string()),
  by: z.string(),
  reviewedBy: z.string().nullable(),
  /** Who said last that it still holds. */
  confirmedBy: z.string().nullable().default(null),
  reviewBy: Day.nullable(),
  note: z.string(),
  on: Day,
})
export type Kept = z.infer<typeof Kept>

export type Learned = Kept & Pick<LearnedRecord, 'id' | 'version' | 'program' | 'at'>

export async function learnedBy(house: Pick<House, 'store'>, programs: readonly string[] | null): Promise<Learned[]> {
  const records = await house.store.learned(programs)
  return records.map(({ body, ...record }) => ({ ...record, ...Kept.parse(JSON.parse(body)) }))
}

/** What each program was last told; a program that heard nothing new keeps what it has worked out. */
const told = new WeakMap<ProgramWorld, string>()

/**
 * Brings what was passed into what the programs say; a program that is not served any more is left out, and
 * so is a statement that stands in the program's folder by now: the folder is the source.
 */
export async function refreshLearned(house: House): Promise<void> {
  const entries = (await learnedBy(house, null)).filter(({ state }) => state === 'said')
  for (const [id, world] of house.world.programs) {
    const mine = entries.filter((one) => one.program === id && !isInFolder(one, world))
    const now = mine.map((one) => `${one.id} ${one.version}`).join()
    if (now === (told.get(world) ?? '')) continue
    const facts = mine.map((one) => staffFact(statementOf(one), world.read))
    world.knowledge = withFacts(world.read, facts)
    told.set(world, now)
  }
}

/** It was written out into the program's files, which speak for themselves. */
export function isInFolder(entry: Learned, { read }: Pick<ProgramWorld, 'read'>): boolean {
  if (entry.stated === null) return false
  const id = `${read.id}.${statementOf(entry).id}`
  return read.facts.some((fact) => fact.id === id)
}

/** The statement as knowledge takes it; its name is the topic and the end of the entry's id. */
export function statementOf({ id, at, stated, on, reviewBy }: Pick<Learned, 'id' | 'at'> & Kept): StaffStatement {
  const { topic, en, es, source, owner, tries } = stated!
  const tail = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-ID_TAIL)
  const reviewedOn = at.slice(0, 10)
  return {
    id: `${topic ?? 'stated'}-${tail}`,
    topic,
    en,
    es,
    source,
    owner,
    tries,
    statedOn: on,
    reviewedOn,
    reviewBy: reviewBy ?? on,
  }
}

const ID_TAIL = 8

/** Whether its day is past or near; null while it is far. @param today - YYYY-MM-DD. */
export function dueOf({ state, reviewBy }: Kept, today: string): 'past' | 'soon' | null {
  if (state !== 'said' || reviewBy === null) return null
  if (reviewBy < today) return 'past'
  return Date.parse(reviewBy) - Date.parse(today) <= DUE_SOON_DAYS * DAY_MS ? 'soon' : null
}

const LOOK_EVERY_MS = 60_000

/** What is passed at another machine's desk is said by this one soon after. */
export function watchLearned(house: House): { stop(): void } {
  const look = (): void => {
    refreshLearned(house).catch((error: unknown) => {
      const code = error instanceof AdmissionsError ? error.code : 'unknown'
      house.log.warn({ event: 'learned.unread', code })
    })
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
