/**
 * One input, decided: the pure part of a turn.
 *
 * `step` may ask two things of the knowledge base (a question, a payer); both are answered here and
 * go back in as further inputs of the same turn, so a turn is decided as a whole before anything is
 * stored. Same input, same decision: trying again after a lost race repeats nothing.
 */
import type { BotMessage } from '../../flows/activity.ts'
import type { ConversationState, Effect, Input } from '../../flows/conversation.ts'
import { step } from '../../flows/engine/step.ts'
import { answer } from '../../knowledge/answer.ts'
import { recognisePayer } from '../../knowledge/insurers/payers.ts'
import { AdmissionsError } from '../errors.ts'
import type { ProgramWorld, World } from '../world.ts'

/** `drop-photos` is done right after the commit, and stored with it for when a crash comes in between. */
type Stored = Exclude<Effect, { type: 'say' | 'answer-question' | 'look-up-payer' | 'show-as' }>

export interface Decision {
  readonly state: ConversationState
  readonly messages: readonly BotMessage[]
  readonly effects: readonly Stored[]
  /** How the visitor's own message is kept and shown, when not as it was typed. */
  readonly shownAs: string | null
  /** Kinds of the answers given, for the figures. */
  readonly answerKinds: readonly string[]
}

/** Look-ups of one turn end; more than this would be a script that asks itself in circles. */
const INPUTS_AT_MOST = 12

export function decide(
  world: World,
  program: ProgramWorld,
  turn: { state: ConversationState; inputs: readonly Input[] },
): Decision {
  const inputs = [...turn.inputs]
  const decision = {
    state: turn.state,
    messages: [] as BotMessage[],
    effects: [] as Stored[],
    shownAs: null as string | null,
    answerKinds: [] as string[],
  }
  for (let count = 0; inputs.length > 0; count += 1) {
    if (count === INPUTS_AT_MOST) throw new AdmissionsError('ServiceError', 'A script asks itself in circles.')
    const input = inputs.shift() as Input
    if (input.type === 'answered') decision.answerKinds.push(input.answer.kind)
    const { state, effects } = step({ flows: world.flows, program: program.profile }, decision.state, input)
    decision.state = state
    const lookUps: Input[] = []
    for (const effect of effects) {
      if (effect.type === 'show-as') decision.shownAs = effect.text
      else if (effect.type === 'say') decision.messages.push(effect.message)
      else if (effect.type === 'answer-question') lookUps.push(answered(program, state, { ...effect, at: input.at }))
      else if (effect.type === 'look-up-payer') {
        lookUps.push({
          type: 'payer-found',
          said: effect.said,
          found: recognisePayer(effect.said, program.knowledge),
          at: input.at,
        })
      } else decision.effects.push(effect)
    }
    inputs.unshift(...lookUps)
  }
  return decision
}

function answered(
  program: ProgramWorld,
  state: ConversationState,
  asked: { question: string; isOpen?: boolean; at: Input['at'] },
): Input {
  const found = answer(
    {
      text: asked.question,
      locale: state.locale,
      saidBefore: state.said,
      isOpen: asked.isOpen === true,
      today: asked.at.slice(0, 10),
    },
    program.knowledge,
  )
  return { type: 'answered', question: asked.question, answer: found, at: asked.at }
}
