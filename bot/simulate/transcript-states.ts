/**
 * Conversations on their way, as the transcripts lead them: where the explorer goes on from, too.
 */
import { readFileSync } from 'node:fs'
import type { ConversationState, Input } from '../../flows/conversation.ts'
import { answeredByHouse } from '../../flows/engine/explore-moves.ts'
import { newConversation } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { Instant, type Locale } from '../../flows/vocabulary.ts'
import { readTranscript } from '../scripts/transcript.ts'
import { courseOf } from '../scripts/what-if-courses.ts'
import { decide } from '../turn/decide.ts'
import type { World } from '../world.ts'

/** The state after each message of every transcript of this program and language. */
export function transcriptStates(
  world: World,
  files: readonly string[],
  of: { program: string; locale: Locale },
): ConversationState[] {
  const served = world.programs.get(of.program)
  if (!served) return []
  return files.flatMap((file) => {
    const { program, locale, at, said } = courseOf(file, readTranscript(readFileSync(file, 'utf8')))
    if (program !== of.program || locale !== of.locale) return []
    const states: ConversationState[] = []
    let state = newConversation(world.flows, { program: served.profile, locale, at: Instant.parse(at) })
    const take = (input: Input): void => {
      const decision = decide(world, served, { state, inputs: [input] })
      state = answeredByHouse({ flows: world.flows, program: served.profile }, decision)
    }
    take({ type: 'open', at: Instant.parse(at) })
    for (const one of said) {
      take({ type: 'message', message: screen({ text: one.text }, state.said), at: Instant.parse(one.at) })
      states.push(state)
    }
    return states
  })
}
