/**
 * Gaps: what is asked and the page does not say, by the name under which its silence is known.
 */

import type { Program } from '../program.ts'
import { type Clause, conceptsIn } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import { likeliest } from '../topics/intent.ts'
import { topicsIn } from '../topics/topics.ts'
import type { Heard, Weighed } from '../weighing/weighing.ts'
import { bareName } from './bare-name.ts'

/** From this chance on a topic is what was meant. */
export const MEANT_FROM = 0.4
/** A pattern this heavy is a question whatever its form. */
export const SURELY_ASKED = 6

/** The page is known to be silent on what is most likely meant: then that is said, and no far fact. */
export function isKnownGap(intents: Weighed['intents'], { gapsByTopic, factsByTopic }: Program): boolean {
  const [best] = likeliest(intents, 1)
  return best !== undefined && best[1] > MEANT_FROM && gapsByTopic.has(best[0]) && !factsByTopic.has(best[0])
}

/** The words themselves ask for it, too, and hold nothing else: "how long is it". */
export function isPlainGap({ asked }: Heard, intents: Weighed['intents'], program: Program): boolean {
  if (!isKnownGap(intents, program) || asked.some(({ unknown }) => unknown.length > 0)) return false
  const [best] = likeliest(intents, 1)
  const [hit, next] = topicsIn(conceptsIn(asked), program.words)
  return hit !== undefined && hit.topic.id === best?.[0] && next === undefined
}

/** "Does Horizon pay for the ride?": what the page does not say of the ride is said beside the insurer. */
export function silentBeside(asked: readonly Clause[], { gapsByTopic, factsByTopic, words }: Program): Part[] {
  const names = asked.flatMap((clause) => [...clause.concepts])
  const topic = names.find(
    (name) =>
      words.concepts.get(name)?.kind === 'thing' &&
      gapsByTopic.has(name) &&
      !factsByTopic.has(name) &&
      !isPublicPayer(name),
  )
  return topic === undefined ? [] : [gapOn(topic, gapsByTopic)]
}

/** Of these it is said as of an insurer, not beside one. */
export function isPublicPayer(topic: string): topic is 'medicaid' | 'medicare' {
  return topic === 'medicaid' || topic === 'medicare'
}

export function gapOn(topic: string, gapsByTopic: Program['gapsByTopic']): Part {
  return { topic, kind: 'gap', facts: [], gap: gapsByTopic.get(topic) ?? null, certainty: 'sure' }
}

/**
 * What nothing is known of, with the sentence that says so, when somebody wrote one. What is named in so many words
 * is surer than what is only likely, and that is surer than a pattern that met some of the words.
 */
export function gapFor({ asked }: Heard, intents: Weighed['intents'], program: Program): Part {
  const concepts = conceptsIn(asked)
  const hits = topicsIn(concepts, program.words)
  const meant = likeliest(intents, 2).filter(([, chance]) => chance > MEANT_FROM)
  const bare = bareName(asked, program)
  const topics = [
    ...(bare !== null && isNamed(bare, program) ? [bare] : []),
    ...meant.filter(([topic]) => concepts.has(topic)).map(([topic]) => topic),
    ...hits.filter(({ score }) => score >= SURELY_ASKED).map(({ topic }) => topic.id),
    ...meant.filter(([, chance]) => chance > SURELY_MEANT).map(([topic]) => topic),
    ...hits.map(({ topic }) => topic.id).filter((topic) => concepts.has(topic) && isSilentThing(topic, program)),
    ...meant.map(([topic]) => topic),
    ...hits.map(({ topic }) => topic.id),
  ]
  const topic = topics[0] ?? 'unknown'
  return gapOn(topic, program.gapsByTopic)
}

/** A thing that is named in so many words and of which no fact speaks: food, a language, a pool. */
export function namedSilence({ asked }: Heard, program: Program): Part | null {
  const { words, gapsByTopic } = program
  const concepts = conceptsIn(asked)
  const kinds = new Set(['thing', 'limit'])
  const named = topicsIn(concepts, words).find(
    ({ topic: { id } }) =>
      concepts.has(id) &&
      kinds.has(words.concepts.get(id)?.kind ?? '') &&
      isSilentThing(id, program) &&
      // What has no name of its own would be "I don't have that": then what stands near says more.
      isNamed(id, program),
  )
  return named === undefined ? null : gapOn(named.topic.id, gapsByTopic)
}

const SURELY_MEANT = 0.75

/** Without a name or a sentence of its own nothing better could be said than that it is not known. */
export function isNamed(topic: string, { gapsByTopic, words }: Program): boolean {
  return gapsByTopic.has(topic) || words.names[topic] !== undefined
}

export function isSilentThing(topic: string, { words, factsByTopic, gapsByTopic }: Program): boolean {
  const kind = words.concepts.get(topic)?.kind
  return !factsByTopic.has(topic) && (kind === 'thing' || kind === 'limit' || gapsByTopic.has(topic))
}
