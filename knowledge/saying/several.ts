/**
 * Several questions in one message: each is answered, or named as not known, in the order in which it was asked.
 *
 * Only where at least two of them are clear each by itself; else the message is heard as one question, since people
 * often ask the same thing twice in other words.
 */

import { payerPart } from '../insurers/named-payer.ts'
import { chatPart } from '../limits/about-chat.ts'
import type { Program } from '../program.ts'
import type { Clause } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import { statingOf } from '../stating/stated.ts'
import { topicsIn } from '../topics/topics.ts'
import { type Heard, type Weighed, weigh } from '../weighing/weighing.ts'
import { chosenFrom, SAID_FROM } from './choosing.ts'
import { gapFor, gapOn, isSilentThing } from './gaps.ts'

/** A part of a message is answered by itself where it is this clear that the page states it, and by which fact. */
const STATED_ALONE_FROM = 0.7
const FITS_ALONE_FROM = 0.5
/** Beside others it may be less sure, and then that is said: "do you have zoom groups". */
const LIKELY_STATED_FROM = 0.45
const SURELY_NONE = 0.85
/** A thing named in so many words, of which no fact speaks, needs less. */
const HARDLY_STATED = 0.25
const FACTS_EACH = 1
/** Words; what stands around an "and" of a longer message is mostly a story, and not each a question. */
const SHORT = 14

export interface Several {
  readonly parts: readonly Part[]
  /** False when of some words it is not clear what they ask. */
  readonly isAllClear: boolean
}

/**
 * "Are you a bot? And do you do detox?": what is asked beside the chat, or of the chat in a second question.
 *
 * @param first - what the whole message asks of the chat; said in any case.
 */
export function besideTheChat(first: Part, { asked }: Heard, program: Program): Part[] {
  const ideas = ideasOf(asked)
  if (ideas.length < 2) return [first]
  const parts = ideas.flatMap((idea) => {
    const heard = { clauses: [idea], asked: [idea] }
    const chat = chatPart(heard, weigh(heard, program), program)
    if (chat !== null) return [chat]
    const { part, isClear } = found(heard, program)
    return part !== null && isClear ? [part] : []
  })
  const all = parts.some(({ topic }) => topic === first.topic) ? parts : [first, ...parts]
  return all.filter((part, at) => all.findIndex((one) => isSame(one, part)) === at)
}

/** "Do you take Aetna, and who reads this?": what is asked of the chat beside an insurer. */
export function chatBeside({ asked }: Heard, program: Program): Part[] {
  const ideas = ideasOf(asked)
  if (ideas.length < 2) return []
  return ideas.flatMap((idea) => {
    const heard = { clauses: [idea], asked: [idea] }
    const chat = idea.concepts.has('payer-name') ? null : chatPart(heard, weigh(heard, program), program)
    return chat === null ? [] : [chat]
  })
}

function ideasOf(asked: readonly Clause[]): readonly Clause[] {
  return asked.flatMap((clause) => (isEitherOr(clause) || clause.segments.length === 0 ? [clause] : clause.segments))
}

/** "A person or a robot?" is one question. */
function isEitherOr({ words }: Clause): boolean {
  return words.some((word) => word === 'or' || word === 'o')
}

export function isShortMessage(asked: readonly Clause[]): boolean {
  return asked.reduce((sum, { words }) => sum + words.length, 0) <= SHORT
}

/** @returns null when it is one question. */
export function severalParts({ asked }: Heard, program: Program): Several | null {
  const isShort = isShortMessage(asked)
  if (!isShort && !asked.every(({ asks }) => asks)) return null
  const ideas = asked.flatMap((clause) => (isShort ? ideasIn(clause, program) : [clause]))
  if (ideas.length < 2) return null
  const heard = ideas.map((idea, at) => ({ idea, ...partOf(idea, ideas[at - 1], program) }))
  const namesPayer = heard.some(({ part }) => part?.kind === 'payer')
  const parts: Part[] = []
  for (const { idea, part } of heard) {
    if (part === null || parts.some((other) => isSame(other, part))) continue
    if (part.kind === 'payer' || !(namesPayer && isAboutPayers(idea, program))) parts.push(part)
  }
  if (parts.length < 2) return null
  parts.push(...lastWords(asked, ideas, program))
  const isLeftOver = heard.some(({ idea, part }) => part === null && idea.asks && isOfSubstance(idea, program))
  return {
    parts: isLeftOver ? [...parts, gapOn('unknown', program.gapsByTopic)] : parts,
    // What stands around an "and" may be one question after all: "each and every day".
    isAllClear: ideas.every((idea) => asked.includes(idea)) && heard.every(({ part }) => part !== null),
  }
}

/** "… and family therapy and detox": a last word alone is no idea, but what the page is silent on is named. */
function lastWords(asked: readonly Clause[], ideas: readonly Clause[], { gapsByTopic, factsByTopic }: Program): Part[] {
  const heard = new Set(ideas.flatMap(({ concepts }) => [...concepts]))
  const split = asked.filter((clause) => !ideas.includes(clause))
  const left = split.flatMap(({ concepts }) => [...concepts].filter((name) => !heard.has(name)))
  return left.filter((name) => gapsByTopic.has(name) && !factsByTopic.has(name)).map((name) => gapOn(name, gapsByTopic))
}

/** "I have Horizon, in network?" is one question. */
function isAboutPayers({ concepts }: Clause, { words }: Program): boolean {
  const topic = topicsIn(concepts, words)[0]?.topic
  return topic !== undefined && (topic.kind === 'payer' || topic.id === 'in-network' || topic.id === 'insurance')
}

/** "Individual or group, and can I work": what stands around an "and", where each side is clear by itself. */
function ideasIn(clause: Clause, program: Program): readonly Clause[] {
  const { segments } = clause
  if (segments.length < 2) return [clause]
  const isEachClear = segments.every((segment) => {
    const { part, isClear } = partOf(segment, undefined, program)
    return part !== null && part.kind !== 'payer' && isClear
  })
  return isEachClear ? segments : [clause]
}

interface Found {
  /** Null when it is clear neither that the page states it nor that it is silent. */
  readonly part: Part | null
  readonly isClear: boolean
}

/** What an idea asks alone, or after what it follows. */
function partOf(idea: Clause, before: Clause | undefined, program: Program): Found {
  const alone = found({ clauses: [idea], asked: [idea] }, program)
  if (alone.part !== null || before === undefined || !idea.pointsBack) return alone
  return found({ clauses: [before, idea], asked: [idea] }, program)
}

function found(heard: Heard, program: Program): Found {
  const weighed = weigh(heard, program)
  const payer = payerPart(heard, weighed, program)
  if (payer !== null) return { part: payer, isClear: true }
  const stating = statingOf(heard, weighed, program)
  // Which fact fits is only looked at where something is likely stated.
  const first = stating.stated >= LIKELY_STATED_FROM ? stating.facts[0] : undefined
  if (first && first.fits >= FITS_ALONE_FROM) {
    const isClear = stating.stated >= STATED_ALONE_FROM
    const chosen = chosenFrom(stating)
    const certainty = isClear ? chosen.certainty : 'fairly-sure'
    const facts = chosen.facts.slice(0, FACTS_EACH)
    return { part: { topic: first.fact.asks[0]!, kind: 'facts', facts, gap: null, certainty }, isClear }
  }
  return { part: silenceIn(heard, { weighed, stated: stating.stated }, program), isClear: true }
}

function silenceIn(
  heard: Heard,
  { weighed, stated }: { weighed: Weighed; stated: number },
  program: Program,
): Part | null {
  const { concepts } = heard.asked[0]!
  const { words, gapsByTopic } = program
  const silent = topicsIn(concepts, words).filter(({ topic }) => isSilentThing(topic.id, program))
  const named = silent.find(({ topic: { id } }) => concepts.has(id) && words.concepts.get(id)?.kind === 'thing')
  if (named && stated < HARDLY_STATED) return gapOn(named.topic.id, gapsByTopic)
  const isNone = weighed.none >= SURELY_NONE || stated < SAID_FROM
  return silent.length > 0 && isNone ? gapFor(heard, weighed.intents, program) : null
}

function isSame(a: Part, b: Part): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'payer') return true
  return a.kind === 'gap' ? a.topic === b.topic || (a.gap !== null && a.gap === b.gap) : a.facts[0] === b.facts[0]
}

/** It holds a thing or a word that no list knows, so that something of its own is asked. */
function isOfSubstance({ concepts, unknown }: Clause, { words }: Program): boolean {
  return unknown.length > 0 || [...concepts].some((name) => words.concepts.get(name)?.kind === 'thing')
}
