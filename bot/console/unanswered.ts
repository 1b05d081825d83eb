/**
 * Questions that nobody could answer, for staff to turn into facts: put together by what they are about,
 * what is asked most often first.
 */

import { setImmediate as nextTick } from 'node:timers/promises'
import { STAFF_SOURCE } from '../../knowledge/staff/staff-source.ts'
import { groupsAlike } from '../../knowledge/topics/alike.ts'
import type { House } from '../house.ts'
import { type AskedQuestion, askedQuestions, factsNow } from '../learning/asked-questions.ts'
import { type Learned, learnedBy } from '../learning/learned.ts'
import { withoutNames } from '../models/without-names.ts'
import type { StaffRecord } from '../ports.ts'

const AT_A_TIME = 20

/** Questions of one program about one thing. */
export interface Cluster {
  readonly program: string
  /** A known kind of question; null where they are only put alike. */
  readonly topic: string | null
  readonly count: number
  /** How many of them had an answer that missed. */
  readonly unhelpful: number
  readonly lastAt: string
  readonly questions: readonly (AskedQuestion & { readonly asExample: string | null })[]
}

export async function unanswered(house: House, staff: StaffRecord) {
  const asked = await askedQuestions(house, staff)
  await house.store.record({
    event: 'questions.viewed',
    at: house.clock.now().toISOString(),
    actor: staff.name,
    conversation: null,
    lead: null,
    detail: { count: asked.length },
  })
  const questions = await stillOpen(house, asked, await learnedBy(house, staff.programs))
  return { questions, clusters: clustersOf(questions) }
}

/** What staff's facts answer by now, or was set aside, leaves the list; a fact that misses a question leaves it there. */
async function stillOpen(house: House, questions: readonly AskedQuestion[], entries: readonly Learned[]) {
  const settled = new Set(
    entries.flatMap(({ state, questions: ids }) => (state === 'said' || state === 'out-of-scope' ? ids : [])),
  )
  const aside = entries.filter(({ state, topic }) => state === 'out-of-scope' && topic !== null)
  const open: AskedQuestion[] = []
  for (const [at, one] of questions.entries()) {
    // Other people's turns go on between them.
    if (at % AT_A_TIME === 0) await nextTick()
    const isAside = aside.some(({ program, topic }) => program === one.program && topic === one.topic)
    if (!settled.has(one.id) && !isAside && !isAnswered(house, one)) open.push(one)
  }
  return open
}

/** By a statement of staff, though it was asked before that was said. */
function isAnswered({ world, clock }: House, one: AskedQuestion): boolean {
  const program = world.programs.get(one.program)?.knowledge
  const stated = new Set(program?.facts.filter(({ file }) => file.startsWith(STAFF_SOURCE)).map(({ id }) => id))
  if (!program || stated.size === 0) return false
  return factsNow(one, program, clock.now().toISOString().slice(0, 10)).some((id) => stated.has(id))
}

function clustersOf(questions: readonly AskedQuestion[]): Cluster[] {
  const byTopic = Map.groupBy(questions, ({ program, topic }) => `${program} ${topic ?? ''}`)
  return [...byTopic.values()]
    .flatMap((group) => (group[0]?.topic === null ? alike(group) : [group]))
    .map(clusterOf)
    .sort((a, b) => b.count - a.count || b.lastAt.localeCompare(a.lastAt))
}

function alike(group: readonly AskedQuestion[]): AskedQuestion[][] {
  const places = groupsAlike(group.map(({ question }) => question))
  return places.map((some) => some.map((place) => group[place] as AskedQuestion))
}

function clusterOf(questions: readonly AskedQuestion[]): Cluster {
  const { program, topic } = questions[0] as AskedQuestion
  return {
    program,
    topic,
    count: questions.length,
    unhelpful: questions.filter(({ why }) => why === 'unhelpful').length,
    lastAt: questions.reduce((last, { at }) => (at > last ? at : last), ''),
    questions: questions.map((one) => ({ ...one, asExample: asExample(one.question) })),
  }
}

const EXAMPLE_AT_MOST = 120

/**
 * A question as it may be offered for an example that stays: short, and without anything that looks like a
 * name, a number or an address. A person still reads it before it is kept.
 */
function asExample(question: string): string | null {
  const text = question.replaceAll(/\s+/g, ' ').trim()
  const isPlain = withoutNames(text) === text && !/\d{3}/.test(text)
  return isPlain && text.length >= 3 && text.length <= EXAMPLE_AT_MOST ? text : null
}
