/**
 * The signs of a message that the ear weighs, as the numbers of their buckets.
 *
 * Words with what they begin from and stand beside, spelling inside a word and across words, concepts that
 * stand near each other or further apart, what the gate noticed, what was asked and said before. Which sorts
 * of sign help was found by leaving authors out (docs/decisions/0005).
 */
import { type Buckets, mix, mixPart, mixWord, newBuckets, sortOf } from './ear-buckets.ts'
import { featuresOf } from './evidence.ts'
import type { Heard } from './gate.ts'
import { stem } from './inflection.ts'
import { conceptName, isClass } from './lexicon.ts'
import { plainText } from './normalise.ts'
import { notes } from './notes.ts'
import type { Token } from './stream.ts'
import { aboutTurn } from './turn-notes.ts'
import type { SaidBefore } from './verdict.ts'

/** Words. In a text longer than this the worst stretch counts: a cry for help is not thinned out by a story. */
export const STRETCH = 60
/** Words of an answer whose every word is weighed together with each word of the question. */
const SHORT_ANSWER = 8
/** Words of an answer that are weighed together with the question's topic. */
const ANSWER = 14
/** Concepts fewer words apart than this belong together; those fewer than `FAR` apart a little. */
const NEAR = 5
const FAR = 14
/** Letters of a message in which spelling across words is read, and how many in a row. */
const MOST_LETTERS = 240
const ACROSS = 6

const wordPattern = /[\p{L}\p{N}]+|\p{Extended_Pictographic}|[?!]/gu

/** What was written and how the gate read it, with what was said before. */
export interface EarInput {
  readonly text: string
  readonly heard: Heard
  readonly saidBefore: readonly SaidBefore[]
}

export function wordsOf(text: string): string[] {
  return plainText(text).match(wordPattern) ?? []
}

/** Buckets of the signs of the stretch that begins at this word, each once. */
export function signsFrom(all: readonly string[], { heard, saidBefore }: EarInput, from: number): readonly number[] {
  const found = newBuckets()
  const words = all.slice(from, from + STRETCH)
  addNeighbours(['<s>', ...words, '</s>'], found)
  for (const word of words) addSpelling(`_${word}_`, found)
  addAcross(`_${words.join('_')}_`, found)
  addBackground(words, { heard, saidBefore }, found)
  const stretch = { signals: heard.weighed, from, to: from + STRETCH }
  for (const noticed of featuresOf(heard.reading, heard.background, stretch)) found.add(mix(sort.noticed, noticed))
  const concepts = heard.reading.tokens.slice(Math.max(1, from), from + STRETCH).map(conceptsOf)
  addConcepts(concepts, found)
  addAsked(words.slice(0, ANSWER), concepts, { heard, found })
  return found.list()
}

const sort = {
  one: sortOf('u'),
  pair: sortOf('b'),
  three: sortOf('t'),
  around: sortOf('s'),
  letters: sortOf('c'),
  across: sortOf('x'),
  noticed: sortOf('g'),
  near: sortOf('k'),
  far: sortOf('f'),
  next: sortOf('n'),
  asked: sortOf('q'),
  answered: sortOf('a'),
  topic: sortOf('o'),
  earlier: sortOf('p'),
}

/** Words alone and three in a row as they stand; pairs by their stems, which more lines share. */
function addNeighbours(words: readonly string[], found: Buckets): void {
  const stems = words.map(stemOf)
  for (let index = 0; index < words.length; index += 1) {
    const [one, two, three] = [words[index] as string, words[index + 1], words[index + 2]]
    found.add(mix(sort.one, one))
    if (two === undefined) continue
    found.add(mixWord(mix(sort.pair, stems[index] as string), stems[index + 1] as string))
    if (three === undefined) continue
    found.add(mixWord(mixWord(mix(sort.three, one), two), three))
    found.add(mixWord(mix(sort.around, stems[index] as string), stems[index + 2] as string))
  }
}

/** Words come again in every message; the commonest are stemmed once. */
const stems = new Map<string, string>()
const MOST_STEMS = 4_000

function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const fresh = stem(word)
  if (stems.size < MOST_STEMS && word.length < 20) stems.set(word, fresh)
  return fresh
}

/** Three or four letters in a row: what a slip of the thumb leaves of a word. */
function addSpelling(word: string, found: Buckets): void {
  const shown = word.slice(0, 30)
  for (let from = 0; from + 3 <= shown.length; from += 1) {
    const sign = mixPart(sort.letters, shown, { from, to: from + 3 })
    found.add(sign)
    if (from + 3 < shown.length) found.add(mix(sign, shown[from + 3] as string))
  }
}

/** Letters in a row that reach from one word into another: what joins them, however they end. */
function addAcross(line: string, found: Buckets): void {
  const end = Math.min(line.length, MOST_LETTERS) - ACROSS
  let from = 0
  for (let gap = line.indexOf('_', 1); gap !== -1; gap = line.indexOf('_', gap + 1)) {
    from = Math.max(from, gap - ACROSS + 2)
    if (from > end) return
    for (; from < gap && from <= end; from += 1) found.add(mixPart(sort.across, line, { from, to: from + ACROSS }))
  }
}

/** Which concepts stand together, in order and a few words apart: the same in both languages and any wording. */
function addConcepts(concepts: readonly (readonly string[])[], found: Buckets): void {
  for (let at = 0; at < concepts.length; at += 1) {
    const end = Math.min(concepts.length, at + FAR)
    for (const one of concepts[at]!) {
      const near = mix(sort.near, one)
      const far = mix(sort.far, one)
      for (let next = at + 1; next < end; next += 1) {
        const sign = next < at + NEAR ? near : far
        for (const other of concepts[next]!) {
          found.add(mixWord(sign, other))
          if (next === at + 1) found.add(mixWord(mix(sort.next, one), other))
        }
      }
    }
  }
}

const none: readonly string[] = []

function conceptsOf({ arcs }: Token): readonly string[] {
  if (arcs.length === 0) return none
  const names: string[] = []
  for (const { concept } of arcs) if (isClass(concept)) names.push(conceptName(concept))
  return names
}

/** The answer's words by the topic of the question, its concepts by the concepts of the question as well. */
function addAsked(
  words: readonly string[],
  concepts: readonly (readonly string[])[],
  { heard, found }: { heard: Heard; found: Buckets },
): void {
  const { asked, askedConcepts } = heard.background
  if (asked.size + askedConcepts.size === 0) return
  const answered = new Set(concepts.slice(0, ANSWER).flat())
  for (const topic of asked) {
    const sign = mix(sort.topic, topic)
    for (const word of words) found.add(mixWord(sign, word))
  }
  for (const name of [...asked, ...askedConcepts]) {
    const sign = mix(sort.topic, name)
    for (const concept of answered) found.add(mixWord(sign, concept))
  }
}

/** A short answer means what was asked; earlier words of the visitor stay in the air. */
function addBackground(words: readonly string[], { heard, saidBefore }: Omit<EarInput, 'text'>, found: Buckets): void {
  const asked = saidBefore.findLast((turn) => turn.role === 'bot')
  if (asked) {
    found.add(mix(sort.answered, 'sked'))
    for (const { alone, answered } of askedSigns(asked.text, heard.background)) {
      found.add(alone)
      if (words.length <= SHORT_ANSWER) for (const answer of words) found.add(mix(answered, answer))
    }
  }
  for (const turn of saidBefore.slice(-5)) {
    if (turn.role === 'user') for (const sign of earlierSigns(turn)) found.add(sign)
  }
}

/** A word of the question by itself, and the beginning of its sign together with an answer. */
interface AskedSign {
  readonly alone: number
  readonly answered: number
}

/** Read once for each question, as its background is. */
const questions = notes<object, readonly AskedSign[]>()

function askedSigns(text: string, { askedConcepts }: Heard['background']): readonly AskedSign[] {
  const known = questions.get(askedConcepts)
  if (known) return known
  const signs = wordsOf(text.slice(-300)).map((word) => ({
    alone: mix(sort.asked, word),
    answered: mix(mix(sort.answered, word), ' '),
  }))
  questions.set(askedConcepts, signs)
  return signs
}

/** An earlier turn is read once while the talk holds it. */
function earlierSigns(turn: SaidBefore): readonly number[] {
  const about = aboutTurn(turn)
  if (about.signs !== null) return about.signs
  const words = wordsOf(turn.text.slice(0, 500)).slice(0, STRETCH)
  const signs = words.map((word) => mix(sort.earlier, word))
  about.signs = signs
  return signs
}
