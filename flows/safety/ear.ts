/**
 * The service's second listener: thousands of small word signs, each a little for or against danger.
 *
 * Frames hear what has a form; much of what people write at night has none. Here the words, their
 * neighbours, their spelling, the concepts that stand near each other, what the gate noticed and the
 * question before are weighed as they were met in labelled talk. The table is too large for a
 * browser, so it only ever runs beside the gate, never instead.
 */
import { type Buckets, mix, mixWord, newBuckets, sortOf } from './ear-buckets.ts'
import { bias, earScale, earWeights, labelWeights } from './ear-weights.generated.ts'
import { featuresOf } from './evidence.ts'
import type { Heard } from './gate.ts'
import { conceptName, isClass } from './lexicon.ts'
import { plainText } from './normalise.ts'
import type { Token } from './stream.ts'
import { type DangerLabel, dangerLabels, type SaidBefore } from './verdict.ts'

export { EAR_BUCKETS } from './ear-buckets.ts'
export const LABEL_BUCKETS = 1 << 17
/** A kind's weight is half a byte; a bucket's kinds lie side by side. */
export const LABEL_BYTES = Math.ceil(dangerLabels.length / 2)

const MOST_WORDS = 400
/** In a text longer than this the worst stretch counts: a cry for help is not thinned out by a story. */
const STRETCH = 60
const SHORT_ANSWER = 8
/** Concepts fewer words apart than this belong together. */
const NEAR = 5

const wordPattern = /[\p{L}\p{N}]+|\p{Extended_Pictographic}|[?!]/gu

/** What was written and how the gate read it, with what was said before. */
export interface EarInput {
  readonly text: string
  readonly heard: Heard
  readonly saidBefore: readonly SaidBefore[]
}

/** Where a stretch of a message begins, in words, how far it leans towards danger, and its buckets. */
export interface Leaning {
  readonly from: number
  readonly odds: number
  readonly features: readonly number[]
}

/** The stretch of a message that leans most towards danger, with its log-odds. */
export function lean(input: EarInput): Leaning {
  const words = wordsOf(input.text).slice(0, MOST_WORDS)
  let worst = leanOf(words, input, 0)
  for (let from = STRETCH / 2; from < words.length - STRETCH / 2; from += STRETCH / 2) {
    const next = leanOf(words, input, from)
    if (next.odds > worst.odds) worst = next
  }
  return worst
}

function leanOf(words: readonly string[], input: EarInput, from: number): Leaning {
  const features = stretchFeatures(words, input, from)
  let sum = 0
  for (const feature of features) sum += earWeights[feature] as number
  return { from, odds: bias + (sum * earScale) / Math.sqrt(Math.max(1, features.length)), features }
}

/** The kind of danger that a stretch speaks of most. */
export function likeliest(features: readonly number[]): DangerLabel {
  const sums = new Int32Array(2 * LABEL_BYTES)
  for (const feature of features) {
    const row = (feature % LABEL_BUCKETS) * LABEL_BYTES
    for (let index = 0; index < LABEL_BYTES; index += 1) {
      const both = labelWeights[row + index]!
      sums[2 * index]! += (both << 28) >> 28
      sums[2 * index + 1]! += both >> 4
    }
  }
  const scores = sums.subarray(0, dangerLabels.length)
  return dangerLabels[scores.indexOf(Math.max(...scores))] as DangerLabel
}

export function wordsOf(text: string): string[] {
  return plainText(text).match(wordPattern) ?? []
}

/** Buckets of everything that the ear knows about a message's beginning, each once. */
export function earFeatures(input: EarInput): readonly number[] {
  return stretchFeatures(wordsOf(input.text).slice(0, MOST_WORDS), input, 0)
}

function stretchFeatures(all: readonly string[], { heard, saidBefore }: EarInput, from: number): readonly number[] {
  const found = newBuckets()
  const words = all.slice(from, from + STRETCH)
  addNeighbours(['<s>', ...words, '</s>'], found)
  for (const word of words) addSpelling(`_${word}_`, found)
  addBackground(words, { heard, saidBefore }, found)
  const stretch = { signals: heard.weighed, from, to: from + STRETCH }
  for (const noticed of featuresOf(heard.reading, heard.background, stretch)) found.add(mix(sort.noticed, noticed))
  addConcepts(heard.reading.tokens.slice(Math.max(1, from), from + STRETCH), found)
  return found.list
}

const sort = {
  one: sortOf('u'),
  pair: sortOf('b'),
  three: sortOf('t'),
  around: sortOf('s'),
  letters: sortOf('c'),
  noticed: sortOf('g'),
  near: sortOf('k'),
  next: sortOf('n'),
  asked: sortOf('q'),
  answered: sortOf('a'),
  earlier: sortOf('p'),
}

function addNeighbours(words: readonly string[], found: Buckets): void {
  for (let index = 0; index < words.length; index += 1) {
    const [one, two, three] = [words[index] as string, words[index + 1], words[index + 2]]
    found.add(mix(sort.one, one))
    if (two !== undefined) found.add(mixWord(mix(sort.pair, one), two))
    if (three !== undefined) {
      found.add(mixWord(mixWord(mix(sort.three, one), two as string), three))
      found.add(mixWord(mix(sort.around, one), three))
    }
  }
}

/** Three to five letters in a row: what a slip of the thumb leaves of a word. */
function addSpelling(word: string, found: Buckets): void {
  const shown = word.slice(0, 30)
  for (let from = 0; from + 3 <= shown.length; from += 1) {
    let sign = mix(sort.letters, shown.slice(from, from + 3))
    found.add(sign)
    for (let next = from + 3; next < Math.min(from + 5, shown.length); next += 1) {
      sign = mix(sign, shown[next] as string)
      found.add(sign)
    }
  }
}

/** Which concepts stand together, in order and a few words apart: the same in both languages and any wording. */
function addConcepts(tokens: readonly Token[], found: Buckets): void {
  const names = tokens.map(({ arcs }) => arcs.filter(({ concept }) => isClass(concept)).map(nameOf))
  names.forEach((ones, at) => {
    for (const one of ones) {
      const [near, adjacent] = [mix(sort.near, one), mix(sort.next, one)]
      for (let next = at + 1; next < Math.min(names.length, at + NEAR); next += 1) {
        for (const other of names[next] as string[]) {
          found.add(mixWord(near, other))
          if (next === at + 1) found.add(mixWord(adjacent, other))
        }
      }
    }
  })
}

const nameOf = ({ concept }: { readonly concept: number }): string => conceptName(concept)

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
const questions = new WeakMap<object, readonly AskedSign[]>()

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
const earlier = new WeakMap<SaidBefore, readonly number[]>()

function earlierSigns(turn: SaidBefore): readonly number[] {
  const known = earlier.get(turn)
  if (known) return known
  const words = wordsOf(turn.text.slice(0, 500)).slice(0, STRETCH)
  const signs = words.map((word) => mix(sort.earlier, word))
  earlier.set(turn, signs)
  return signs
}
