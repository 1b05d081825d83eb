/**
 * What the engine knows of a conversation without asking: language, who is asking, hours, coverage.
 *
 * Conditions and words look here, so that a script never has to know how any of it is worked out.
 */
import type { ConversationState, ProgramProfile } from '../conversation.ts'
import type { Instant } from '../vocabulary.ts'
import type { Facts } from './condition.ts'
import { ownSuicideSign } from './known-signs.ts'
import type { FlowLibrary } from './library.ts'
import { isStaffed, promiseFor } from './promise.ts'
import { slotValue } from './slots.ts'
import type { Audience, Reader } from './words.ts'

/** What a step needs of the world: the scripts and the program's own profile. */
export interface World {
  readonly flows: FlowLibrary
  readonly program: ProgramProfile
  /** Told of every way that a script takes; only the explorer listens. */
  readonly taken?: (way: string) => void
}

/** One moment of one conversation. */
export interface Moment {
  readonly world: World
  readonly state: ConversationState
  readonly at: Instant
}

export function factsOf({ world, state, at }: Moment): Facts {
  return {
    answer: (name) => state.answers[name]?.value,
    about: (topic) => {
      switch (topic) {
        case 'locale':
          return state.locale
        case 'region':
          return state.region
        case 'program':
          return state.program
        case 'audience':
          return audienceOf(state)
        case 'staffed':
          return isStaffed(world.program, at) ? 'yes' : 'no'
        case 'coverage':
          return state.coverage.state
        case 'route':
          return state.route?.primary ?? 'none'
        case 'danger':
          return state.crisis?.label ?? 'none'
        case 'own-suicide-sign':
          return ownSuicideSign(state) === null ? 'no' : 'yes'
        case 'served':
          return servedOf(world.program, state)
        case 'mail':
          return world.program.canMail ? 'yes' : 'no'
        case 'promise':
          return promiseFor(world.program, state.route?.primary ?? 'staff-decides', at).dueAt === null ? 'no' : 'yes'
      }
    },
  }
}

export function audienceOf(state: ConversationState): Audience {
  const forWhom = state.answers['for-whom']?.value
  return forWhom === 'loved-one' || forWhom === 'professional' ? forWhom : 'self'
}

function isMinor(state: ConversationState): boolean {
  const age = state.answers.age?.value
  return typeof age === 'number' && age < 18
}

/** Whether the visitor's state is one that the program serves; unknown while either has not said. */
export function servedOf(program: ProgramProfile, state: ConversationState): 'yes' | 'no' | 'unknown' {
  const where = state.answers.state?.value
  if (program.servedStates === null || typeof where !== 'string' || !/^[A-Z]{2}$/.test(where)) return 'unknown'
  return program.servedStates.includes(where) ? 'yes' : 'no'
}

export function readerOf(moment: Moment): Reader {
  const { state } = moment
  return {
    locale: state.locale,
    audience: audienceOf(state),
    program: state.program,
    region: state.region,
    isMinor: isMinor(state),
    slots: (name) => slotValue(name, moment),
  }
}
