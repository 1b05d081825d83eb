/**
 * Retrieval: what a message asks of a program, and the facts that state it.
 *
 * The facts are weighed against "none of them": where that is likely, nothing is answered; where it is
 * possible, what stands nearest on the page is said and said to be no more than that. What must never
 * be answered is found first and wins.
 */

import type { Fact, Gap } from './fact.ts'
import { payerPart } from './insurers/named-payer.ts'
import { chatPart } from './limits/about-chat.ts'
import { guardedByIntent, guardedByPattern, isFewWords, isHarmless, mayBeGuarded } from './limits/guarding.ts'
import type { Program } from './program.ts'
import { type Clause, conceptsIn, type Reading } from './reading/reading.ts'
import { bareName } from './saying/bare-name.ts'
import { type Certainty, chosenFrom, FACTS_AT_MOST, FITS_FROM, SAID_FROM } from './saying/choosing.ts'
import { gapFor, isKnownGap, isPlainGap, namedSilence, SURELY_ASKED, silentBeside } from './saying/gaps.ts'
import { leftOver } from './saying/left-over.ts'
import { besideTheChat, chatBeside, severalParts } from './saying/several.ts'
import { numbersOfOthers } from './stating/numbers.ts'
import { chanceStated, statingOf } from './stating/stated.ts'
import { isBare, weighedInContext } from './topics/afterthought.ts'
import { chanceOf } from './topics/intent.ts'
import { topicsIn } from './topics/topics.ts'
import { type Heard, type Weighed, weigh } from './weighing/weighing.ts'

export interface Part {
  readonly topic: string
  readonly kind: 'facts' | 'gap' | 'refusal' | 'privacy-refusal' | 'payer' | 'assistant'
  readonly facts: readonly Fact[]
  readonly gap: Gap | null
  /** How surely the facts are what was asked. */
  readonly certainty: Certainty
}

export interface Asked {
  readonly parts: readonly Part[]
  /** False when nothing in the message asks anything. */
  readonly isQuestion: boolean
}

/** Where a refusal is possible, nothing is said that is not rather sure. */
const GUARDED_BELOW = 0.75

/** @param earlier - clauses of what the visitor wrote before, none in a fresh conversation; read when they are needed. */
export function retrieve(reading: Reading, program: Program, earlier: () => readonly Clause[]): Asked {
  const { clauses } = reading
  if (clauses.length === 0) return { parts: [], isQuestion: false }
  const asked = askedIn(clauses)
  const { heard, weighed } = weighedInContext({ clauses, asked }, earlier, program)
  const guarded = guardedByPattern(clauses, program.words)
  const words = program.words
  const said = { stated: () => chanceStated(heard, weighed, program), words, clauses }
  if (guarded && !isHarmless(guarded, weighed, said)) return { parts: [guarded], isQuestion: true }
  const guardedToo = isFewWords(clauses) ? null : guardedByIntent(weighed, said)
  if (guardedToo) return { parts: [guardedToo], isQuestion: true }
  const named = namedPayerOrAssistant(heard, weighed, program)
  const isFirst = (): boolean => earlier().length === 0
  const isAsking = clauses.some((clause) => clause.asks) || (named?.kind === 'payer' && isFirst())
  if (!isAsking && !asksAnyway(heard, weighed, { program, isFirst })) return { parts: [], isQuestion: false }
  if (named?.kind === 'assistant') return { parts: besideTheChat(named, heard, program), isQuestion: true }
  const mayBeRefused = mayBeGuarded(weighed.intents, { words, clauses })
  const several = mayBeRefused ? null : severalParts(heard, program)
  if (named && !several?.parts.some(({ kind }) => kind === 'payer'))
    return {
      parts: withLeftOver([named, ...besides(heard, named, program), ...chatBeside(heard, program)], asked, program),
      isQuestion: true,
    }
  if (several === null) {
    const parts = factParts(heard, weighed, program)
    // "You have no idea how much it hurts" asks nothing, whatever stands near.
    const isQuestion = clauses.some(({ asks }) => asks) || parts.every(({ certainty }) => certainty !== 'near')
    return isQuestion ? { parts: withLeftOver(parts, asked, program), isQuestion } : { parts: [], isQuestion }
  }
  const isOpen = !several.isAllClear && several.parts.every(({ kind }) => kind === 'facts')
  const whole = isOpen ? factParts(heard, weighed, program) : []
  return { parts: withLeftOver(withMore(several.parts, whole), asked, program), isQuestion: true }
}

function withLeftOver(parts: readonly Part[], asked: readonly Clause[], program: Program): readonly Part[] {
  return [...parts, ...leftOver(parts, asked, program)]
}

/** Where some words are not clear by themselves: after the answers what the message as a whole is about. */
function withMore(several: readonly Part[], whole: readonly Part[]): Part[] {
  const [last] = several.filter(({ kind }) => kind === 'facts').slice(-1)
  const said = new Set(several.flatMap(({ facts }) => facts))
  const more = whole.flatMap(({ facts }) => facts).filter((fact) => !said.has(fact))
  return several.map((part) => (part === last ? { ...part, facts: [...part.facts, ...more] } : part))
}

/** The clauses that ask; when none has a question's form, all of them. */
export function askedIn(clauses: readonly Clause[]): readonly Clause[] {
  const asking = clauses.filter((clause) => clause.asks)
  return asking.length > 0 ? asking : clauses
}

/**
 * Words to the program without a question's form ("horizon hmo, yes or no") ask as well. Within a talk
 * they are more likely an answer to what the script asked, so there only plain ones count.
 */
function asksAnyway(
  { clauses, asked }: Heard,
  weighed: Weighed,
  { program, isFirst }: { program: Program; isFirst: () => boolean },
): boolean {
  const words = asked.reduce((sum, clause) => sum + clause.words.length, 0)
  if (words < 3 || clauses.every((clause) => isBare(clause, program.words))) return false
  const concepts = conceptsIn(asked)
  const addressed = concepts.has('you') || concepts.has('wish')
  const isPlain = addressed || (topicsIn(concepts, program.words)[0]?.score ?? 0) >= SURELY_ASKED
  return (isPlain || isFirst()) && weighed.none < 0.6 && (weighed.facts[0]?.chance ?? 0) > 0.2
}

/** A named insurer is looked up on the program's list; the chat speaks of itself from its own facts. */
function namedPayerOrAssistant(heard: Heard, weighed: Weighed, program: Program): Part | null {
  return payerPart(heard, weighed, program) ?? chatPart(heard, weighed, program)
}

/** Where the page is known to be silent on what is most likely meant, a fact must fit this well to be said. */
const FITS_BESIDE_GAP = 0.2

/** Beside a thing named in so many words of which no fact speaks, a fact must fit this well. */
const FITS_BESIDE_NAMED = 0.3

function factParts(heard: Heard, weighed: Weighed, program: Program): Part[] {
  const { intents } = weighed
  const byName = statedByName(heard, weighed, program)
  const stating = statingOf(heard, weighed, program)
  const ideas = forEachIdea(heard, program)
  const isHeldBack =
    stating.stated <
    (mayBeGuarded(intents, { words: program.words, clauses: heard.clauses }) ? GUARDED_BELOW : SAID_FROM)
  if (isHeldBack && byName !== null) return [byName]
  if (isHeldBack && ideas.length > 0)
    return [
      namedSilence(heard, program) ?? {
        topic: ideas[0]!.asks[0]!,
        kind: 'facts',
        facts: ideas,
        gap: null,
        certainty: 'near',
      },
    ]
  // Which fact fits is only looked at where one may be said.
  const first = isHeldBack ? undefined : stating.facts[0]
  if (first === undefined) return [gapFor(heard, intents, program)]
  const { certainty, ...chosen } = chosenFrom(stating)
  if (certainty === 'near' && byName !== null) return [byName]
  const isFar = first.fits < (isKnownGap(intents, program) ? FITS_BESIDE_GAP : FITS_FROM)
  if (certainty === 'near' && isFar && ideas.length === 0) return [gapFor(heard, intents, program)]
  if (certainty === 'near' && isPlainGap(heard, intents, program)) return [gapFor(heard, intents, program)]
  const ofOthers = numbersOfOthers(heard, program)
  const isBeside = first.fits < FITS_BESIDE_NAMED || ofOthers(first.fact)
  const silence = certainty === 'near' && isBeside ? namedSilence(heard, program) : null
  if (silence) return [silence]
  const besides = [...ideas, ...chosen.facts].filter((fact) => !ofOthers(fact))
  const said = [...new Set([first.fact, ...besides])].slice(0, FACTS_AT_MOST)
  return [{ topic: first.fact.asks[0]!, kind: 'facts', facts: said, gap: null, certainty }]
}

/** "Virtual?": where a thing by its name is all that was said, a fact that states it answers, and there may be more to it. */
function statedByName({ clauses }: Heard, { facts }: Weighed, program: Program): Part | null {
  const topic = bareName(clauses, program)
  const [stated] = topic === null ? [] : facts.filter(({ fact }) => fact.asks.includes(topic))
  if (topic === null || stated === undefined) return null
  return { topic, kind: 'facts', facts: [stated.fact], gap: null, certainty: 'fairly-sure' }
}

/** An idea of a message that is this likely to be about one fact is answered by it. */
const IDEA_FROM = 0.35

/** "How many days, and is there room for a life?": the best fact of each idea, when it is a clear one. */
function forEachIdea({ asked }: Heard, program: Program): Fact[] {
  const ideas = asked.flatMap((clause) => (clause.segments.length > 0 ? clause.segments : [clause]))
  if (ideas.length < 2) return []
  return ideas.flatMap((idea) => {
    const [best] = idea.words.length > 1 ? weigh({ clauses: [idea], asked: [idea] }, program).facts : []
    return best && best.chance >= IDEA_FROM ? [best.fact] : []
  })
}

/** What else a message asks that names an insurer: "would you call cigna for me, and do you take it?" */
function besides(heard: Heard, named: Part, program: Program): Part[] {
  const { asked } = heard
  if (named.kind !== 'payer') return []
  const unknown = silentBeside(asked, program)
  if (asked.length === 1 && program.payers.length === 0) return [...ofInsurersAtLarge(heard, program), ...unknown]
  const others = asked.filter((clause) => !clause.concepts.has('payer-name'))
  if (asked.length < 2 || others.length === 0) return unknown
  const facts = others.flatMap((clause) => {
    const [best] = weigh({ clauses: [clause], asked: [clause] }, program).facts
    return best && best.chance >= CLEAR_FROM ? [best.fact] : []
  })
  if (facts.length === 0) return unknown
  return [{ topic: facts[0]!.asks[0]!, kind: 'facts', facts, gap: null, certainty: 'sure' }, ...unknown]
}

const CLEAR_FROM = 0.6

/** "How do I get the best deal with Blue Cross": where no list is there, what is stated of insurers at large answers. */
function ofInsurersAtLarge(heard: Heard, program: Program): Part[] {
  const weighed = weigh(heard, program)
  const { stated, facts } = statingOf(heard, weighed, program)
  const [first] = facts
  const taken = chanceOf(weighed.intents, 'takes-payer') + chanceOf(weighed.intents, 'payer-list')
  if (taken >= PLAINLY_TAKES_FROM || first === undefined || stated < AT_LARGE_FROM || first.fits < AT_LARGE_FITS)
    return []
  return [{ topic: first.fact.asks[0]!, kind: 'facts', facts: [first.fact], gap: null, certainty: 'fairly-sure' }]
}

/** "Do you take Horizon?" asks for nothing else. */
const PLAINLY_TAKES_FROM = 0.5
const AT_LARGE_FROM = 0.4
const AT_LARGE_FITS = 0.25
