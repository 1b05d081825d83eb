/**
 * A second reading of a question by a language model, where one is set up and the facts were not sure.
 *
 * The visitor has the offline answer already. The model only picks facts of the same program and says
 * them; what it says passes the verifier, and comes in as an input of its own: after a sign of danger, a
 * further message or a person's taking over it is dropped.
 */
import type { KnowledgeAnswer } from '../../flows/conversation.ts'
import { answerFrom, materialFor } from '../../knowledge/wording.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { takeInput } from '../turn/take-input.ts'
import { type GuardedModel, guardedModel } from './guarded-model.ts'
import { withoutNames } from './without-names.ts'

const DEADLINE_MS = 6_000
const TOKENS_AT_MOST = 400

/** Kinds after which a second reading may help; what was refused stays refused. */
const unsure = new Set(['partial', 'no-answer', 'clarify'])

export interface Asked {
  readonly conversation: string
  readonly program: string
  readonly question: string
  readonly locale: 'en-US' | 'es-US'
  /** Kinds of the answers that the turn gave. */
  readonly kinds: readonly string[]
}

const guards = new WeakMap<House, GuardedModel>()
const reading = new WeakMap<House, Set<Promise<void>>>()

/** Starts the reading and returns at once; without a model nothing happens. */
export function readAgain(house: House, asked: Asked): void {
  if (house.model === null || asked.kinds.length !== 1 || !unsure.has(asked.kinds[0] as string)) return
  const guard = guards.get(house) ?? guardedModel(house.model, house.clock)
  guards.set(house, guard)
  const under = reading.get(house) ?? new Set()
  reading.set(house, under)
  const work = answerAgain(house, guard, asked)
    .catch((error: unknown) => {
      const code = error instanceof AdmissionsError ? error.code : 'unknown'
      house.log.warn({ event: 'second-answer.failed', code })
    })
    .finally(() => under.delete(work))
  under.add(work)
}

/** Resolves when every reading that is under way has ended. */
export async function readingsEnded(house: House): Promise<void> {
  await Promise.all(reading.get(house) ?? [])
}

async function answerAgain(house: House, guard: GuardedModel, asked: Asked): Promise<void> {
  const program = house.world.programs.get(asked.program)?.knowledge
  if (!program) return
  const { value } = await guard.ask(asked.conversation, {
    ...materialFor(withoutNames(asked.question), program, asked.locale),
    purpose: 'answer',
    tokensAtMost: TOKENS_AT_MOST,
    deadlineMs: DEADLINE_MS,
  })
  const today = house.clock.now().toISOString().slice(0, 10)
  const answer = answerFrom(value, program, { locale: asked.locale, today })
  if (answer === null) return
  await takeInput(house, asked.conversation, {
    inputs: (live, at) =>
      isStillWanted(live, asked, answer) ? [{ type: 'answered', question: asked.question, answer, at }] : [],
  })
}

/** Nothing was written since, no sign of danger came, no person took over, and it says something new. */
function isStillWanted({ state }: LiveConversation, asked: Asked, answer: KnowledgeAnswer): boolean {
  const mine = state.said.findLast(({ role }) => role === 'user')?.text
  const isSaid = state.said.some(({ role, text }) => role === 'bot' && text.includes(answer.text))
  return state.crisis === null && state.staff === null && mine === asked.question && !isSaid
}
