/**
 * A second reading of a question by a language model, where one is set up and the facts were not sure.
 *
 * The visitor has the offline answer already. The model only picks facts of the same program and says
 * them; each sentence grows on her screen once it has passed the verifier, and the whole comes in as an
 * input of its own: after a sign of danger, a further message or a person's taking over it is dropped.
 */
import type { KnowledgeAnswer } from '../../flows/conversation.ts'
import { growingSentences } from '../../knowledge/model/growing-reply.ts'
import { answerFrom, answerOf, type HeldSentence, heldSentence, materialFor } from '../../knowledge/model/wording.ts'
import type { Program } from '../../knowledge/program.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { type GrowingWords, growingWords } from '../turn/growing-words.ts'
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

/** A stop waits for the readings under way: the model's deadline at most. */
export async function readingsEnded(house: House): Promise<void> {
  await Promise.all(reading.get(house) ?? [])
}

async function answerAgain(house: House, guard: GuardedModel, asked: Asked): Promise<void> {
  const program = house.world.programs.get(asked.program)?.knowledge
  if (!program) return
  const today = house.clock.now().toISOString().slice(0, 10)
  const growing = growingAnswer(house, asked, { program, today })
  const request = {
    ...materialFor(withoutNames(asked.question), program, asked.locale),
    purpose: 'answer' as const,
    tokensAtMost: TOKENS_AT_MOST,
    deadlineMs: DEADLINE_MS,
  }
  try {
    const reply = await guard.ask(asked.conversation, request, growing.hear).catch((error: unknown) => {
      // What holds of it was verified and stands on the screen: a server that failed after it takes nothing back.
      if (growing.held.length === 0) throw error
      return null
    })
    await growing.shown()
    const answer = reply && answerFrom(reply.value, program, { locale: asked.locale, today })
    await sayAnswer(house, asked, { answer: answer ?? answerOf(growing.held, asked.locale), growing })
  } catch (error) {
    growing.words.takeBack()
    throw error
  }
}

async function sayAnswer(
  house: House,
  asked: Asked,
  { answer, growing }: { answer: KnowledgeAnswer | null; growing: GrowingAnswer },
): Promise<void> {
  let isSaid = false
  if (answer !== null)
    await takeInput(house, asked.conversation, {
      inputs: (live, at) => {
        isSaid = isStillWanted(live, asked, answer.text)
        return isSaid ? [{ type: 'answered', question: asked.question, answer, at }] : []
      },
      ...(growing.words.isShown ? { streamId: growing.words.streamId } : {}),
    })
  if (!isSaid) growing.words.takeBack()
}

interface GrowingAnswer {
  readonly words: GrowingWords
  /** The sentences that hold, in their order. */
  readonly held: readonly HeldSentence[]
  readonly hear: (text: string) => void
  /** Resolves when every sentence so far has been shown, or was not wanted any more. */
  shown(): Promise<void>
}

/** Each sentence is shown as soon as it is whole and its facts carry it, while the answer is still wanted. */
function growingAnswer(
  house: House,
  asked: Asked,
  { program, today }: { program: Program; today: string },
): GrowingAnswer {
  const words = growingWords(house, asked.conversation, asked.locale)
  const sentences = growingSentences()
  const held: HeldSentence[] = []
  let showing = Promise.resolve()
  const show = async (text: string): Promise<void> => {
    const live = await house.conversations.load(asked.conversation)
    if (live && isStillWanted(live, asked, text)) words.show(text)
    else words.takeBack()
  }
  const hear = (text: string): void => {
    for (const sentence of sentences(text)) {
      const holding = heldSentence(sentence, program, today)
      if (holding === null) continue
      held.push(holding)
      const soFar = answerOf(held, asked.locale)?.text ?? ''
      showing = showing.then(() => show(soFar))
      // Who waits for it hears of a failure; until then it is nobody's.
      showing.catch(() => undefined)
    }
  }
  return { words, held, hear, shown: () => showing }
}

/** Nothing was written since, no sign of danger came, no person took over, and it says something new. */
function isStillWanted({ state }: LiveConversation, asked: Asked, answer: string): boolean {
  const mine = state.said.findLast(({ role }) => role === 'user')?.text
  const isSaid = state.said.some(({ role, text }) => role === 'bot' && text.includes(answer))
  return state.crisis === null && state.staff === null && mine === asked.question && !isSaid
}
