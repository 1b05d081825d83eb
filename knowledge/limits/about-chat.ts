/**
 * Questions about the chat itself ("who reads this?"): whether one is meant, and which.
 */

import type { Program } from '../program.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import { conceptsIn } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import { type Chances, chanceOf } from '../topics/intent.ts'
import { type TopicHit, topicsIn } from '../topics/topics.ts'
import type { Heard, Weighed } from '../weighing/weighing.ts'
import { topicsOfKind } from './guarding.ts'

const MEANT_FROM = 0.4
/** Below this a pattern met the words of a question about the chat by chance, unless it is this heavy. */
const BY_CHANCE = 0.1
const SURELY_FROM = { score: 6, chance: 0.001 }

/** The chat speaks of itself from its own facts. @returns null when the program is asked about. */
export function chatPart({ asked }: Heard, { intents }: Weighed, { words }: Program): Part | null {
  const topic = chatTopic(topicsIn(conceptsIn(asked), words), intents, words)
  if (topic === undefined) return null
  return { topic, kind: 'assistant', facts: words.assistantFacts.get(topic) ?? [], gap: null, certainty: 'sure' }
}

/** @param hits - what patterns found, best first. @returns its topic, or undefined when the program is asked about. */
function chatTopic(hits: readonly TopicHit[], intents: Chances, words: Lexicon): string | undefined {
  const topics = topicsOfKind(words, 'assistant').map((topic) => ({ topic, chance: chanceOf(intents, topic) }))
  const [top] = hits
  const chance = topics.reduce((sum, one) => sum + one.chance, 0)
  const isSure = (top?.score ?? 0) >= SURELY_FROM.score && chance > SURELY_FROM.chance
  if (top?.topic.kind === 'assistant' && (chance > BY_CHANCE || isSure)) return top.topic.id
  return topics.find((one) => one.chance > MEANT_FROM)?.topic
}
