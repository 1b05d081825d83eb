/**
 * Reading: a message as clauses of concepts, with what kind of sentence each one is.
 *
 * People tell a story and then ask, or ask three things in one breath. A clause is the unit that is
 * answered; the others are its background.
 */

import type { Chances } from '../topics/intent.ts'
import { speaksOfHim } from './he-or-the.ts'
import type { Concept, Lexicon } from './lexicon.ts'
import { is, isDigit, type Token, tokensOf } from './tokens.ts'
import { beginMessage, small, type Word } from './word.ts'

export interface Clause {
  readonly concepts: ReadonlySet<string>
  /** Words of substance that no list knows. */
  readonly unknown: readonly string[]
  readonly words: readonly string[]
  /** The same words with what is known of each. */
  readonly known: readonly Word[]
  readonly numbers: readonly number[]
  /** Ends with a question mark, or is built like a question or a wish to know. */
  readonly asks: boolean
  /** Points back: "that", "it", "eso". */
  readonly pointsBack: boolean
  /** Speaks of somebody named earlier: "he", "ella". */
  readonly ofSomebody: boolean
  /** What kind of thing is asked for, when the clause opens with it: who, when, how many. */
  readonly lead: readonly string[]
  /** Opens like an afterthought: "and …", "what about …", "¿y …". */
  readonly followsOn: boolean
  /** What stands before and after an "and" within it ("how many days and can I work"); none when it has one idea. */
  readonly segments: readonly Clause[]
  /** Its words with the pauses between them. */
  readonly tokens: readonly Token[]
  /** The intents of it read for itself, once they were asked for; with the lexicon whose words they are. */
  alone: { readonly words: Lexicon; readonly chances: Chances } | null
}

export interface Reading {
  readonly clauses: readonly Clause[]
  readonly tongue: 'en' | 'es' | null
}

export function readMessage(text: string, lexicon: Lexicon): Reading {
  beginMessage(lexicon)
  const tokens = tokensOf(text, lexicon)
  const clauses = split(tokens).map((part) => clauseOf(part, lexicon, true))
  return { clauses, tongue: tongueOf(tokens) }
}

/** The clauses of which all concepts were asked for last, and those before them: a question is looked at as a whole and by what it asks. */
let newest: Together = { clauses: [], concepts: new Set() }
let older = newest

interface Together {
  readonly clauses: readonly Clause[]
  readonly concepts: ReadonlySet<string>
}

/** The concepts of several clauses together; of one clause its own set, so that what was found for it holds. */
export function conceptsIn(clauses: readonly Clause[]): ReadonlySet<string> {
  if (clauses.length === 1) return clauses[0]!.concepts
  if (newest.clauses === clauses) return newest.concepts
  if (older.clauses === clauses) return older.concepts
  const concepts = new Set<string>()
  for (const clause of clauses) for (const name of clause.concepts) concepts.add(name)
  older = newest
  newest = { clauses, concepts }
  return concepts
}

/** True where a question begins: "how", "do you", "puedo". */
function opens(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  return (
    is(token, small.openerWh | small.openerVerb) || (is(token, small.openerAux) && is(tokens[at + 1], small.pronoun))
  )
}

function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = []
  let part: Token[] = []
  tokens.forEach((token, at) => {
    part.push(token)
    const next = tokens[at + 1]
    if (!next) return
    const joined = is(next, small.joiner) && opens(tokens, at + 2)
    const comma =
      token.pause === ',' &&
      (opens(tokens, at + 1) || is(next, small.openerFirst) || (part.length > 2 && tokens.length - at > 3))
    if (token.pause === '.' || token.pause === '?' || joined || comma) {
      parts.push(part)
      part = []
    }
  })
  if (part.length > 0) parts.push(part)
  return parts
}

/** Tokens on each side of an "and" so that it joins two ideas, not two nouns. */
const SEGMENT_AT_LEAST = 2

function segmentsOf(tokens: readonly Token[], lexicon: Lexicon): readonly Clause[] {
  if (tokens.length < 2 * SEGMENT_AT_LEAST) return none
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    const part = parts.at(-1)!
    if (is(token, small.joiner) && part.length >= SEGMENT_AT_LEAST) parts.push([])
    else part.push(token)
    if (token.pause !== '' && part.length >= SEGMENT_AT_LEAST) parts.push([])
  }
  const whole = parts.filter((part) => part.length >= SEGMENT_AT_LEAST)
  return whole.length < 2 ? none : whole.map((part) => clauseOf(part, lexicon, false))
}

const none: readonly never[] = []
/** What stands between commas and an "and", single words too ("days, hours and the price"); of one stretch the clause. */
export function stretchesOf(clause: Clause, lexicon: Lexicon): readonly Clause[] {
  const parts: Token[][] = [[]]
  for (const token of clause.tokens) {
    if (!is(token, small.adder)) parts.at(-1)!.push(token)
    if (token.pause !== '' || is(token, small.adder)) parts.push([])
  }
  const whole = parts.filter((part) => part.length > 0)
  return whole.length < 2 ? [clause] : whole.map((part) => clauseOf(part, lexicon, false))
}

function clauseOf(tokens: readonly Token[], lexicon: Lexicon, isWhole: boolean): Clause {
  const known = tokens.map((token) => token.word)
  const concepts = new Set<string>()
  const found: Found = { concepts, unknown: [], lead: [], leadEnd: leadEndOf(known) }
  for (let at = 0; at < known.length; ) {
    const { text } = known[at]!
    at += readPlace(known, at, found)
    if (isDigit(text.charCodeAt(0))) addMeasure(text, concepts)
  }
  const words = known.map((word) => word.text)
  const isOfHim = speaksOfHim(words)
  if (isOfHim) concepts.add('somebody')
  return {
    concepts,
    unknown: found.unknown,
    words,
    known,
    numbers: words.filter(isNumber).map(Number),
    asks: tokens.at(-1)?.pause === '?' || concepts.has('request') || isBuiltAsQuestion(tokens),
    pointsBack: known.some((word) => (word.small & small.pointsBack) !== 0),
    ofSomebody: isOfHim || known.some((word) => (word.small & small.somebody) !== 0),
    lead: found.lead,
    followsOn: concepts.has('what-about') || is(tokens[0], small.joiner),
    segments: isWhole ? segmentsOf(tokens, lexicon) : none,
    tokens,
    alone: null,
  }
}

/** What is noticed of a clause while its words are gone through. */
interface Found {
  readonly concepts: Set<string>
  readonly unknown: string[]
  readonly lead: string[]
  /** The last word of the opening. */
  readonly leadEnd: number
}

const LEAD_WORDS = 2

function leadEndOf(words: readonly Word[]): number {
  return LEAD_WORDS + words.findIndex((word) => (word.small & (small.leadIn | small.joiner)) === 0)
}

function addMeasure(text: string, concepts: Set<string>): void {
  if (/^\d{1,2}(am|pm|hrs)$/.test(text)) concepts.add('clock-time')
  if (/^\d+(mg|mgs|mcg)$/.test(text)) concepts.add('dose')
}

function isNumber(word: string): boolean {
  return isDigit(word.charCodeAt(0)) && /^\d{1,6}$/.test(word)
}

/** A question word counts at the start, a turned verb ("can I") anywhere. */
function isBuiltAsQuestion(tokens: readonly Token[]): boolean {
  let leads = true
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!
    if (leads && (opens(tokens, at) || is(token, small.openerFirst))) return true
    leads &&= is(token, small.leadIn | small.joiner)
    if (is(token, small.openerAux) && is(tokens[at + 1], small.pronoun)) return true
  }
  return false
}

/**
 * What stands at one place: the phrases that start here and the word itself. A phrase that names a
 * thing is read as a whole ("drug test" holds no drug); other phrases leave their words readable.
 *
 * @returns how many words were read.
 */
function readPlace(words: readonly Word[], at: number, found: Found): number {
  const { concepts: alone, text } = words[at]!
  const phrases = phrasesAt(words, at)
  for (const { concepts } of phrases) addConcepts(concepts, at, found)
  const thing = phrases.findLast(({ concepts }) => concepts.some(({ kind }) => kind === 'thing' || kind === 'limit'))
  if (thing) return thing.length
  if (phrases.length > 0) {
    // "who is it for" asks for whom, not who: the phrases say what the first word would.
    for (const { name } of alone ?? none) found.concepts.add(name)
  } else if (alone) addConcepts(alone, at, found)
  else if (text.length > 3 && !/^\d+$/.test(text)) found.unknown.push(text)
  return 1
}

function addConcepts(concepts: readonly Concept[], at: number, found: Found): void {
  for (const { name, kind } of concepts) {
    found.concepts.add(name)
    if (kind === 'asking' && at <= found.leadEnd) found.lead.push(name)
  }
}

interface Phrase {
  readonly concepts: readonly Concept[]
  /** In words. */
  readonly length: number
}

const LONGEST_PHRASE = 7

/** The listed phrases that start here, shortest first. */
function phrasesAt(words: readonly Word[], at: number): readonly Phrase[] {
  let node = words[at]!.phrases
  if (node === undefined) return none
  const found: Phrase[] = []
  for (let end = at + 1; node !== undefined; end += 1) {
    if (node.concepts.length > 0) found.push({ concepts: node.concepts, length: end - at })
    if (end === words.length || end - at === LONGEST_PHRASE) break
    node = node.next.get(words[end]!.phraseRoot)
  }
  return found
}

function tongueOf(tokens: readonly Token[]): 'en' | 'es' | null {
  let en = 0
  let es = 0
  for (const token of tokens) {
    if (is(token, small.english)) en += 1
    if (is(token, small.spanish)) es += 1
  }
  return en === es ? null : en > es ? 'en' : 'es'
}
