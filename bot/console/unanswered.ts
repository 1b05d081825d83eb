/**
 * Questions that nobody could answer, newest first, for staff to turn into facts, and by topic: what is
 * asked most often stands first.
 */
import { z } from 'zod'
import { topicAsked } from '../../knowledge/topic-asked.ts'
import type { House } from '../house.ts'
import { unsealJson } from '../keeping/vault.ts'
import { type Learned, learnedBy } from '../learning/learned.ts'
import type { StaffRecord } from '../ports.ts'

const SHOWN = 500
const Asked = z.object({
  question: z.string(),
  locale: z.string(),
  /** Nobody could answer it, or the visitor said that the answer missed it. */
  why: z.enum(['unanswered', 'unhelpful']).default('unanswered'),
})

export async function unanswered(house: House, staff: StaffRecord) {
  const records = await house.store.openQuestions(staff.programs, SHOWN)
  const questions = await Promise.all(
    records.map(async ({ id, program, conversation, at, body }) => {
      const live = await house.conversations.load(conversation)
      if (!live) return []
      const asked = Asked.parse(unsealJson(live.key, body, `question ${id}`))
      const { knowledge } = house.world.programs.get(program) ?? {}
      return [{ id, program, at, ...asked, topic: knowledge ? topicAsked(asked.question, knowledge) : null }]
    }),
  )
  const at = house.clock.now().toISOString()
  await house.store.record({
    event: 'questions.viewed',
    at,
    actor: staff.name,
    conversation: null,
    lead: null,
    detail: { count: records.length },
  })
  const all = stillOpen(questions.flat(), await learnedBy(house, staff.programs))
  return { questions: all, topics: byTopic(all) }
}

/** What was answered by a fact that is said, or set aside as out of scope, leaves the list; what is newer comes back. */
function stillOpen<T extends Placed & { readonly id: string }>(
  questions: readonly T[],
  entries: readonly Learned[],
): T[] {
  const settled = entries.filter(({ state }) => state === 'said' || state === 'out-of-scope')
  return questions.filter(
    ({ id, program, topic, at }) =>
      !settled.some(
        (entry) =>
          entry.questions.includes(id) ||
          (entry.program === program &&
            entry.topic !== null &&
            entry.topic === topic &&
            (entry.state === 'out-of-scope' || at < entry.at)),
      ),
  )
}

interface Placed {
  readonly program: string
  readonly topic: string | null
  readonly at: string
}

/** How often each topic of each program was asked, and when last; most often first. */
function byTopic(questions: readonly Placed[]): { program: string; topic: string; count: number; lastAt: string }[] {
  const found = new Map<string, { program: string; topic: string; count: number; lastAt: string }>()
  for (const { program, topic, at } of questions) {
    if (topic === null) continue
    const key = `${program} ${topic}`
    const known = found.get(key) ?? { program, topic, count: 0, lastAt: at }
    found.set(key, { ...known, count: known.count + 1, lastAt: at > known.lastAt ? at : known.lastAt })
  }
  return [...found.values()].sort((a, b) => b.count - a.count || b.lastAt.localeCompare(a.lastAt))
}
