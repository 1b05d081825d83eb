/**
 * Left over: what a message lists and none of the chosen answers speaks of ("cost and start date?").
 *
 * The answers are chosen by what is clear; a last word or a bare name beside them is easily passed over. So each
 * stretch of a short message is looked at once more by its own topic, and what is named and was not spoken of is
 * answered or said to be missing.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import { type Clause, stretchesOf } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import { numberWanted } from '../stating/signs.ts'
import { statingOf } from '../stating/stated.ts'
import { type TopicHit, topicsIn } from '../topics/topics.ts'
import { weigh } from '../weighing/weighing.ts'
import { isThere } from './bare-name.ts'
import { gapOn, isNamed, isSilentThing } from './gaps.ts'
import { isShortMessage } from './several.ts'

/** Further parts of one reply. */
const AT_MOST = 2
/** Words of a stretch that is a name, and the least that its topic scores. */
const NAME_WORDS = 4
const NAME_SCORE = 2
/** A fact answers a stretch where it is this likely the one that is meant, and is this likely stated. */
const MEANT_FROM = 0.3
const STATED_FROM = 0.45

/** @param parts - what is answered already. @returns what is to be said besides. */
export function leftOver(parts: readonly Part[], asked: readonly Clause[], program: Program): Part[] {
  // Of a longer message that lists nothing most stretches are a story.
  if (!isShortMessage(asked) && !asked.every(({ asks }) => asks)) return []
  const stretches = asked.flatMap((clause) => stretchesOf(clause, program.words))
  if (stretches.length < 2) return []
  const more: Part[] = []
  for (const stretch of stretches) {
    const part = more.length < AT_MOST ? partOf(stretch, [...parts, ...more], program) : null
    if (part) more.push(part)
  }
  return more
}

function partOf(stretch: Clause, parts: readonly Part[], program: Program): Part | null {
  const hits = topicsIn(stretch.concepts, program.words)
  const [hit] = hits
  if (hit?.topic.kind !== 'program' || !isName(stretch, hit, program)) return null
  if (hits.some(({ topic: { id } }) => isSpokenOf(id, parts, program))) return null
  const { id } = hit.topic
  if (isSilentThing(id, program)) return isNamed(id, program) ? silenceAlone(id, program) : null
  if (!program.factsByTopic.has(id)) return null
  const heard = { clauses: [stretch], asked: [stretch] }
  const weighed = weigh(heard, program)
  const best = weighed.facts.find(({ fact }) => fact.asks.includes(id))
  if (!best || best.chance < MEANT_FROM || statingOf(heard, weighed, program).stated < STATED_FROM) return null
  return { topic: id, kind: 'facts', facts: [best.fact], gap: null, certainty: 'fairly-sure' }
}

/** It names the topic, or asks for a number of it, and holds nothing else: "weekends", "the cost", "how long is it". */
function isName({ concepts, unknown, words }: Clause, { topic: { id }, score }: TopicHit, program: Program): boolean {
  if (unknown.length > 0 || words.length > NAME_WORDS || concepts.has('payer-name') || score < NAME_SCORE) return false
  const isItsName = concepts.has(id)
  if (!isItsName && !numberWanted.some((name) => concepts.has(name))) return false
  const others = [...concepts].filter((name) => name !== id && !isThere.has(name))
  const kinds = others.map((name) => program.words.concepts.get(name)?.kind)
  return kinds.filter((kind) => kind !== undefined && ofSubstance.has(kind)).length <= (isItsName ? 0 : 1)
}

function isSpokenOf(topic: string, parts: readonly Part[], { gapsByTopic }: Program): boolean {
  const gap = gapsByTopic.get(topic)
  const isNear = (fact: Fact): boolean => gap?.near.includes(fact.id) === true
  return parts.some(
    (part) =>
      part.topic === topic ||
      (part.kind === 'payer' && aboutPayers.has(topic)) ||
      (gap !== undefined && part.gap === gap && !gap.say.en.includes('{topic}')) ||
      part.facts.some((fact) => fact.asks.includes(topic) || isNear(fact)),
  )
}

const ofSubstance: ReadonlySet<string> = new Set(['thing', 'limit', 'focus'])
const aboutPayers: ReadonlySet<string> = new Set(['insurance', 'in-network', 'takes-payer', 'payer-list'])

/** What is known nearby stands beside the first question, not beside each that follows. */
function silenceAlone(topic: string, { gapsByTopic }: Program): Part {
  const part = gapOn(topic, gapsByTopic)
  return { ...part, gap: part.gap && { ...part.gap, near: [] } }
}
