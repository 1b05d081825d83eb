/**
 * Questions that nobody could answer, and answers that missed the question, with their words readable.
 *
 * They are opened one by one for staff who look at them, and stand nowhere in clear.
 */
import { z } from 'zod'
import { answer } from '../../knowledge/answer.ts'
import type { Program } from '../../knowledge/program.ts'
import { topicAsked } from '../../knowledge/topics/topic-asked.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { unsealJson } from '../keeping/vault.ts'
import type { QuestionRecord, StaffRecord } from '../ports.ts'

const SHOWN_AT_MOST = 500

const Asked = z.object({
  question: z.string(),
  locale: z.string(),
  /** Nobody could answer it, or the visitor said that the answer missed it. */
  why: z.enum(['unanswered', 'unhelpful']).default('unanswered'),
})

export interface AskedQuestion extends z.infer<typeof Asked> {
  readonly id: string
  readonly program: string
  readonly at: string
  /** What it is most likely about; null when nothing is likely. */
  readonly topic: string | null
}

/** Of one's own programs, the newest first; those of an erased conversation are gone, and one that cannot be read is left out. */
export async function askedQuestions(house: House, staff: StaffRecord): Promise<AskedQuestion[]> {
  const records = await house.store.openQuestions(staff.programs, SHOWN_AT_MOST)
  const questions = await Promise.all(records.map((record) => opened(house, record).catch(nullIfIllegible)))
  return questions.filter((question) => question !== null)
}

async function opened(
  house: House,
  { id, program, conversation, at, body }: QuestionRecord,
): Promise<AskedQuestion | null> {
  const live = await house.conversations.load(conversation)
  if (!live) return null
  const asked = Asked.parse(unsealJson(live.key, body, `question ${id}`))
  const world = house.world.programs.get(program)
  const topic = world ? once(topics.of(world.read), id, () => topicAsked(asked.question, world.read)) : null
  return { id, program, at, ...asked, topic }
}

/** Ids of the facts that the program would answer a question with now; what merely stands nearest answers nothing. @param today - YYYY-MM-DD. */
export function factsNow({ id, question, locale }: AskedQuestion, program: Program, today: string): readonly string[] {
  return once(answered.of(program), id, () => {
    const language = locale.startsWith('es') ? 'es-US' : 'en-US'
    const { facts, unanswered } = answer({ text: question, locale: language, isOpen: true, today }, program)
    return unanswered ? [] : facts.map((fact) => fact.id)
  })
}

/** What was worked out for a question, by its id: no words of it. A program that learned something begins anew. */
const topics = known<string | null>()
const answered = known<readonly string[]>()

function known<T>() {
  const byProgram = new WeakMap<Program, Map<string, T>>()
  return {
    of(program: Program): Map<string, T> {
      const mine = byProgram.get(program) ?? new Map<string, T>()
      byProgram.set(program, mine)
      return mine
    },
  }
}

function once<T>(found: Map<string, T>, id: string, find: () => T): T {
  const before = found.get(id)
  if (before !== undefined) return before
  const now = find()
  found.set(id, now)
  return now
}
