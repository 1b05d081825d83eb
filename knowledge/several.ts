/**
 * Several questions in one message: each is answered, or named as not known, in the order in which it was asked.
 *
 * Only where at least two of them are clear each by itself; else the message is heard as one question, since people
 * often ask the same thing twice in other words.
 */
import { chosenFrom, SAID_FROM } from './choosing.ts'
import { gapFor, isSilentThing } from './gaps.ts'
import type { Program } from './program.ts'
import type { Clause } from './reading.ts'
import type { Part } from './retrieve.ts'
import { statingOf } from './stated.ts'
import { topicsIn } from './topics.ts'
import { type Heard, weigh } from './weighing.ts'

/** A part of a message is answered by itself where it is this clear that the page states it, and by which fact. */
const STATED_ALONE_FROM = 0.7
const FITS_ALONE_FROM = 0.5
const SURELY_NONE = 0.85
const FACTS_EACH = 1
/** Words; what stands around an "and" of a longer message is mostly a story, and not each a question. */
const SHORT = 14

/** @returns null when it is one question. */
export function severalParts({ asked }: Heard, program: Program): Part[] | null {
  const isShort = asked.reduce((sum, { words }) => sum + words.length, 0) <= SHORT
  if (!isShort && !asked.every(({ asks }) => asks)) return null
  const ideas = asked.flatMap((clause) => (isShort ? ideasIn(clause, program) : [clause]))
  if (ideas.length < 2) return null
  const found = ideas.map((idea, at) => ({ idea, part: partOf(idea, ideas[at - 1], program) }))
  const parts: Part[] = []
  for (const { part } of found) if (part && !parts.some((other) => isSame(other, part))) parts.push(part)
  if (parts.length < 2) return null
  const isLeftOver = found.some(({ idea, part }) => part === null && idea.asks && isOfSubstance(idea, program))
  return isLeftOver ? [...parts, { topic: 'unknown', kind: 'gap', facts: [], gap: null, certainty: 'sure' }] : parts
}

/** "Individual or group, and can I work": what stands around an "and", where each side is clear by itself. */
function ideasIn(clause: Clause, program: Program): readonly Clause[] {
  const { segments } = clause
  if (segments.length < 2) return [clause]
  return segments.every((segment) => partOf(segment, undefined, program) !== null) ? segments : [clause]
}

/** @returns null when it is clear neither that the page states it nor that it is silent, alone or after what it follows. */
function partOf(idea: Clause, before: Clause | undefined, program: Program): Part | null {
  const alone = clearPart({ clauses: [idea], asked: [idea] }, program)
  if (alone !== null || before === undefined || !idea.pointsBack) return alone
  return clearPart({ clauses: [before, idea], asked: [idea] }, program)
}

function clearPart(heard: Heard, program: Program): Part | null {
  const weighed = weigh(heard, program)
  const stating = statingOf(heard, weighed, program)
  const [first] = stating.facts
  if (first && stating.stated >= STATED_ALONE_FROM && first.fits >= FITS_ALONE_FROM) {
    const { certainty, facts } = chosenFrom(stating)
    return { topic: first.fact.asks[0]!, kind: 'facts', facts: facts.slice(0, FACTS_EACH), gap: null, certainty }
  }
  const hits = topicsIn(heard.asked[0]!.concepts, program.words)
  const isSilent = hits.some(({ topic }) => isSilentThing(topic.id, program))
  const isNone = weighed.none >= SURELY_NONE || stating.stated < SAID_FROM
  return isSilent && isNone ? gapFor(heard, weighed.intents, program) : null
}

function isSame(a: Part, b: Part): boolean {
  if (a.kind !== b.kind) return false
  return a.kind === 'gap' ? a.topic === b.topic || (a.gap !== null && a.gap === b.gap) : a.facts[0] === b.facts[0]
}

/** It holds a thing or a word that no list knows, so that something of its own is asked. */
function isOfSubstance({ concepts, unknown }: Clause, { words }: Program): boolean {
  return unknown.length > 0 || [...concepts].some((name) => words.concepts.get(name)?.kind === 'thing')
}
