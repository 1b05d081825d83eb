/**
 * The topic that a question is most likely about: by it staff see questions counted together.
 *
 * Nothing is answered here; a thing that is named ("parking") goes before what is merely likely.
 */

import type { Program } from '../program.ts'
import { conceptsIn, readMessage } from '../reading/reading.ts'
import { askedIn } from '../retrieve.ts'
import { weigh } from '../weighing/weighing.ts'
import { likeliest } from './intent.ts'
import { topicsIn } from './topics.ts'

/** Below this nothing is likely enough to count under. */
const LIKELY_FROM = 0.25

/** @returns a topic's id such as `parking`, or null when none is likely. */
export function topicAsked(text: string, program: Program): string | null {
  const { clauses } = readMessage(text, program.words)
  if (clauses.length === 0) return null
  const asked = askedIn(clauses)
  const concepts = conceptsIn(asked)
  const named = topicsIn(concepts, program.words).find(
    ({ topic }) => program.words.concepts.get(topic.id)?.kind === 'thing',
  )
  if (named) return named.topic.id
  const [best] = likeliest(weigh({ clauses, asked }, program).intents, 1)
  return best && best[1] >= LIKELY_FROM ? best[0] : null
}
