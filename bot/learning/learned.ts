/**
 * What staff answer once and the chat knows from then on: stated by one, said only after another has read it.
 *
 * An entry answers questions that nobody could, or marks a topic as none of the program's business; both
 * stay, with who did what and when. What was passed is said by this machine at once, by others within a
 * minute. Nothing ends by itself: past its date it is said as what the team has to confirm.
 */
import { z } from 'zod'
import { Day } from '../../knowledge/fact.ts'
import { faultsOf, type StaffStatement, staffFact, withFacts } from '../../knowledge/staff-fact.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { newId } from '../turn/conversations.ts'
import type { LearnedRecord } from './learned-port.ts'

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
  tries: z.strictObject({
    en: z.array(z.string().trim().min(3).max(200)).min(1).max(8),
    es: z.array(z.string().trim().min(3).max(200)).max(8).default([]),
  }),
  /** Ids of the questions that it answers. */
  questions: Questions,
})
export const Reviewing = z.strictObject({ pass: z.boolean(), note: z.string().trim().max(500).default('') })
export const SettingAside = z.strictObject({
  program: z.string().max(41),
  topic: Topic.default(null),
  questions: Questions,
})

const Kept = z.object({
  state: z.enum(['awaits-review', 'said', 'returned', 'out-of-scope']),
  topic: Topic,
  stated: Stating.nullable(),
  questions: z.array(z.string()),
  by: z.string(),
  reviewedBy: z.string().nullable(),
  reviewBy: Day.nullable(),
  note: z.string(),
  on: Day,
})
type Kept = z.infer<typeof Kept>

export type Learned = Kept & Pick<LearnedRecord, 'id' | 'version' | 'program' | 'at'>

const STANDS_MONTHS = 6

export async function learnedBy(house: House, programs: readonly string[] | null): Promise<Learned[]> {
  const records = await house.store.learned(programs)
  return records.map(({ body, ...record }) => ({ ...record, ...Kept.parse(JSON.parse(body)) }))
}

/** @returns the entry, and what is to be mended before somebody passes it. @throws AdmissionsError `PROGRAM_NOT_FOUND`. */
export async function state(house: House, staff: StaffRecord, stating: z.infer<typeof Stating>) {
  const on = today(house)
  const { topic, questions, program } = stating
  const kept: Kept = {
    state: 'awaits-review',
    topic,
    stated: stating,
    questions,
    by: staff.name,
    reviewedBy: null,
    reviewBy: monthsAfter(on),
    note: '',
    on,
  }
  const id = newId('fact_')
  const faults = faultsOf(statementOf(id, kept), programOf(house, program).knowledge)
  return { ...(await keep(house, staff, { id, version: 1, program, kept, event: 'fact.stated' })), faults }
}

/** A topic, or single questions, that the program does not answer: they leave the list and come back in it never. */
export function setAside(
  house: House,
  staff: StaffRecord,
  { program, topic, questions }: z.infer<typeof SettingAside>,
) {
  programOf(house, program)
  if (topic === null && questions.length === 0)
    throw new AdmissionsError('REQUEST_INVALID', 'Say which topic or which questions are out of scope.')
  const kept: Kept = {
    state: 'out-of-scope',
    topic,
    stated: null,
    questions,
    by: staff.name,
    reviewedBy: null,
    reviewBy: null,
    note: '',
    on: today(house),
  }
  return keep(house, staff, { id: newId('fact_'), version: 1, program, kept, event: 'question.set-aside' })
}

/** @throws AdmissionsError `NOT_FOUND`, `NOT_PERMITTED` for who stated it, `FACT_FAULTY`, `CHANGED_MEANWHILE`. */
export async function review(house: House, staff: StaffRecord, said: { id: string } & z.infer<typeof Reviewing>) {
  const { id, pass, note } = said
  const entry = (await learnedBy(house, staff.programs)).find((one) => one.id === id)
  if (!entry?.stated || entry.state !== 'awaits-review')
    throw new AdmissionsError('NOT_FOUND', 'No statement of this id awaits a review.')
  if (entry.by === staff.name)
    throw new AdmissionsError('NOT_PERMITTED', 'A statement is passed by somebody else than who wrote it.')
  const faults = pass ? faultsOf(statementOf(id, entry), programOf(house, entry.program).read) : []
  if (faults.length > 0) throw new AdmissionsError('FACT_FAULTY', faults.join(' '))
  const { version, program, at: _at, id: _id, ...before } = entry
  const kept: Kept = { ...before, state: pass ? 'said' : 'returned', reviewedBy: staff.name, note }
  const event = pass ? 'fact.passed' : 'fact.returned'
  const done = await keep(house, staff, { id, version: version + 1, program, kept, event })
  await refreshLearned(house)
  return done
}

/** Brings what was passed into what the programs say; a program that is not served any more is left out. */
export async function refreshLearned(house: House): Promise<void> {
  const entries = (await learnedBy(house, null)).filter(({ state, stated }) => state === 'said' && stated)
  for (const [id, world] of house.world.programs) {
    const { read } = world
    const facts = entries
      .filter(({ program }) => program === id)
      .map((one) => staffFact(statementOf(one.id, one), read))
    const known = world.knowledge.facts.length - read.facts.length
    if (facts.length === 0 && known === 0) continue
    world.knowledge = withFacts(read, facts)
  }
}

function statementOf(id: string, { stated, on, reviewBy }: Kept): StaffStatement {
  const { topic, en, es, source, tries } = stated!
  return {
    id: id.replaceAll('_', '-').toLowerCase(),
    topic,
    en,
    es,
    source,
    tries,
    statedOn: on,
    reviewBy: reviewBy ?? on,
  }
}

async function keep(
  house: House,
  staff: StaffRecord,
  { id, version, program, kept, event }: { id: string; version: number; program: string; kept: Kept; event: string },
): Promise<Learned> {
  if (staff.programs !== null && !staff.programs.includes(program))
    throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program of this id is among yours.')
  const at = house.clock.now().toISOString()
  const isFirst = await house.store.keepLearned({ id, version, program, at, body: JSON.stringify(kept) })
  if (!isFirst)
    throw new AdmissionsError('CHANGED_MEANWHILE', 'Somebody changed this entry a moment ago: look at it again.')
  await house.store.record({
    event,
    at,
    actor: staff.name,
    conversation: null,
    lead: null,
    detail: { id, version, program },
  })
  return { ...kept, id, version, program, at }
}

function programOf(house: House, id: string) {
  const program = house.world.programs.get(id)
  if (!program) throw new AdmissionsError('PROGRAM_NOT_FOUND', `No program is called "${id}".`)
  return program
}

function today(house: House): string {
  return house.clock.now().toISOString().slice(0, 10)
}

function monthsAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + STANDS_MONTHS)
  return date.toISOString().slice(0, 10)
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
