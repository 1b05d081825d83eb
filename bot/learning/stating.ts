/**
 * What staff do with a statement: state it, pass or return it, confirm it anew, withdraw it, set a topic aside.
 *
 * Who wrote a statement never passes it. Every deed is a next version of the entry and an entry of the
 * trail; of two at once one wins, and the other is told to look again.
 */
import type { z } from 'zod'
import type { Program } from '../../knowledge/program.ts'
import { faultsOf, staffFact, withFacts } from '../../knowledge/staff/staff-fact.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { newId } from '../turn/conversations.ts'
import type { ProgramWorld } from '../world.ts'
import { askedQuestions, factsNow } from './asked-questions.ts'
import type { Confirming, Reviewing, SettingAside } from './deeds.ts'
import { type Kept, type Learned, learnedBy, refreshLearned, type Stating, statementOf } from './learned.ts'

const STANDS_MONTHS = 6
/** Nothing is taken to hold for longer without somebody looking at it. */
const STANDS_MONTHS_AT_MOST = 24

/** What a statement would do, before anybody keeps it. */
export interface Tried {
  /** What is to be mended before somebody may pass it. */
  readonly faults: readonly string[]
  /** Ids of the questions that it would answer, of those it names. */
  readonly answers: readonly string[]
}

/** @throws AdmissionsError `PROGRAM_NOT_FOUND`, `REQUEST_INVALID` for a date that is no date to come. */
export async function tryStatement(house: House, staff: StaffRecord, stating: Stating): Promise<Tried> {
  const draft = { ...newEntry(house, staff, stating), id: newId('fact_'), at: house.clock.now().toISOString() }
  const program = await programBeside(house, staff, stating)
  const faults = faultsOf(statementOf(draft), program)
  const fact = staffFact(statementOf(draft), program)
  const wiser = withFacts(program, [fact])
  const all = await askedQuestions(house, { ...staff, programs: [stating.program] })
  const asked = all.filter(({ id }) => stating.questions.includes(id))
  const answers = asked.filter((one) => factsNow(one, wiser, draft.on).includes(fact.id))
  return { faults, answers: answers.map(({ id }) => id) }
}

/** @returns the entry, and what is to be mended before somebody passes it. @throws AdmissionsError as `tryStatement`. */
export async function state(house: House, staff: StaffRecord, stating: Stating): Promise<Learned & Tried> {
  const tried = await tryStatement(house, staff, stating)
  const before = await mendedBy(house, staff, stating)
  const kept = { ...newEntry(house, staff, stating), questions: [...tried.answers] }
  if (before?.state === 'returned' || before?.state === 'awaits-review') {
    const version = before.version + 1
    return { ...(await keep(house, staff, { id: before.id, version, kept, event: 'fact.restated' })), ...tried }
  }
  if (before !== null && before.state !== 'said')
    throw new AdmissionsError('NOT_FOUND', 'What this statement takes the place of is not said any more.')
  return { ...(await keep(house, staff, { id: newId('fact_'), version: 1, kept, event: 'fact.stated' })), ...tried }
}

/** @throws AdmissionsError `NOT_FOUND`, `NOT_PERMITTED` for who stated it, `FACT_FAULTY`, `CHANGED_MEANWHILE` for a version that is not the newest. */
export async function review(
  house: House,
  staff: StaffRecord,
  { id, version, pass, note }: { id: string } & z.infer<typeof Reviewing>,
) {
  const entry = await entryOf(house, staff, id)
  if (!entry.stated || entry.state !== 'awaits-review')
    throw new AdmissionsError('NOT_FOUND', 'No statement of this id awaits a review.')
  if (entry.by === staff.name)
    throw new AdmissionsError('NOT_PERMITTED', 'A statement is passed by somebody else than who wrote it.')
  requireNewest(entry, version)
  const faults = pass ? faultsOf(statementOf(entry), await programBeside(house, staff, entry.stated)) : []
  if (faults.length > 0) throw new AdmissionsError('FACT_FAULTY', faults.join(' '))
  const event = pass ? 'fact.passed' : 'fact.returned'
  const done = await next(house, staff, {
    entry,
    event,
    change: { state: pass ? 'said' : 'returned', reviewedBy: staff.name, note },
  })
  if (pass) await endReplaced(house, staff, done)
  await refreshLearned(house)
  return done
}

/** Says that a statement still holds, until another day. @throws AdmissionsError `NOT_FOUND`, `REQUEST_INVALID`, `CHANGED_MEANWHILE`. */
export async function confirm(
  house: House,
  staff: StaffRecord,
  { id, version, reviewBy }: { id: string } & z.infer<typeof Confirming>,
) {
  const entry = await entryOf(house, staff, id)
  if (entry.state !== 'said') throw new AdmissionsError('NOT_FOUND', 'Only what is said can be confirmed.')
  requireNewest(entry, version)
  const done = await next(house, staff, {
    entry,
    event: 'fact.confirmed',
    change: { reviewBy: dayToCome(house, reviewBy), confirmedBy: staff.name },
  })
  await refreshLearned(house)
  return done
}

/** It is said no more, with the reason; a topic set aside comes back into the list. @throws AdmissionsError `NOT_FOUND`. */
export async function withdraw(house: House, staff: StaffRecord, { id, note }: { id: string; note: string }) {
  const entry = await entryOf(house, staff, id)
  if (entry.state === 'withdrawn') throw new AdmissionsError('NOT_FOUND', 'It is withdrawn already.')
  const event = entry.state === 'out-of-scope' ? 'question.brought-back' : 'fact.withdrawn'
  const done = await next(house, staff, {
    entry,
    event,
    change: { state: 'withdrawn', note },
  })
  await refreshLearned(house)
  return done
}

/** A topic, or single questions, that the program does not answer: they leave the list until somebody brings them back. */
export function setAside(
  house: House,
  staff: StaffRecord,
  { program, topic, questions }: z.infer<typeof SettingAside>,
) {
  programOf(house, staff, program)
  if (topic === null && questions.length === 0)
    throw new AdmissionsError('REQUEST_INVALID', 'Say which topic or which questions are out of scope.')
  const kept = { ...blank(house, staff), state: 'out-of-scope' as const, topic, questions, program }
  return keep(house, staff, { id: newId('fact_'), version: 1, kept, event: 'question.set-aside' })
}

function newEntry(house: House, staff: StaffRecord, stated: Stating): Kept & { program: string } {
  const { topic, questions, program } = stated
  const reviewBy =
    stated.reviewBy === null ? monthsAfter(today(house), STANDS_MONTHS) : dayToCome(house, stated.reviewBy)
  return { ...blank(house, staff), topic, stated, questions, program, reviewBy }
}

function blank(house: House, staff: StaffRecord): Kept {
  const on = today(house)
  return {
    state: 'awaits-review',
    topic: null,
    stated: null,
    questions: [],
    by: staff.name,
    reviewedBy: null,
    confirmedBy: null,
    reviewBy: null,
    note: '',
    on,
  }
}

/** What is said now, without the statement that this one mends or takes the place of. */
async function programBeside(house: House, staff: StaffRecord, stating: Stating): Promise<Program> {
  const { program } = stating
  const { knowledge } = programOf(house, staff, program)
  const before = await mendedBy(house, staff, stating)
  if (before === null || before.stated === null) return knowledge
  const id = `${program}.${statementOf(before).id}`
  return withFacts({ ...knowledge, facts: knowledge.facts.filter((fact) => fact.id !== id) }, [])
}

async function endReplaced(house: House, staff: StaffRecord, { stated, id }: Learned): Promise<void> {
  if (!stated?.mends || stated.mends === id) return
  const before = await entryOf(house, staff, stated.mends)
  if (before.state !== 'said') return
  await next(house, staff, {
    entry: before,
    event: 'fact.replaced',
    change: { state: 'withdrawn', note: 'A newer statement took its place.' },
  })
}

/**
 * What a statement mends or takes the place of, if anything: of the same program, for what was
 * found out about one program says nothing of another, and each fact names its own.
 */
async function mendedBy(
  house: House,
  staff: StaffRecord,
  { program, mends }: Pick<Stating, 'program' | 'mends'>,
): Promise<Learned | null> {
  if (mends === null) return null
  const before = await entryOf(house, staff, mends)
  if (before.program === program) return before
  throw new AdmissionsError(
    'REQUEST_INVALID',
    `This mends a statement of ${before.program}: state it for ${program} as a new one, with where that program has it from.`,
  )
}

function requireNewest(entry: Learned, version: number): void {
  if (entry.version !== version) throw changedMeanwhile()
}

function changedMeanwhile(): AdmissionsError {
  return new AdmissionsError('CHANGED_MEANWHILE', 'Somebody changed this entry a moment ago: look at it again.')
}

async function entryOf(house: House, staff: StaffRecord, id: string): Promise<Learned> {
  const entry = (await learnedBy(house, staff.programs)).find((one) => one.id === id)
  if (!entry) throw new AdmissionsError('NOT_FOUND', 'No statement has this id.')
  return entry
}

function next(
  house: House,
  staff: StaffRecord,
  { entry, event, change }: { entry: Learned; event: string; change: Partial<Kept> },
): Promise<Learned> {
  const { id, version, at: _at, ...kept } = entry
  return keep(house, staff, { id, version: version + 1, kept: { ...kept, ...change }, event })
}

async function keep(
  house: House,
  staff: StaffRecord,
  { id, version, kept, event }: { id: string; version: number; kept: Kept & { program: string }; event: string },
): Promise<Learned> {
  const { program, ...body } = kept
  programOf(house, staff, program)
  const at = house.clock.now().toISOString()
  const record = { id, version, program, at, body: JSON.stringify(body) }
  const entry = { event, at, actor: staff.name, conversation: null, lead: null, detail: { id, version, program } }
  if (!(await house.store.keepLearned(record, entry))) throw changedMeanwhile()
  return { ...body, id, version, program, at }
}

/** @throws AdmissionsError `PROGRAM_NOT_FOUND` for one that is not served, and for one of others. */
function programOf(house: House, staff: StaffRecord, id: string): ProgramWorld {
  const program = house.world.programs.get(id)
  const isMine = staff.programs === null || staff.programs.includes(id)
  if (!program || !isMine) throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program of this id is among yours.')
  return program
}

function today(house: House): string {
  return house.clock.now().toISOString().slice(0, 10)
}

/** @throws AdmissionsError `REQUEST_INVALID` for a day that is past or too far. */
function dayToCome(house: House, day: string): string {
  if (day > today(house) && day <= monthsAfter(today(house), STANDS_MONTHS_AT_MOST)) return day
  throw new AdmissionsError('REQUEST_INVALID', `Say a day to come, within ${STANDS_MONTHS_AT_MOST} months.`)
}

function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}
