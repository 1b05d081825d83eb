/**
 * The service's second listener: thousands of small word signs, each a little for or against danger.
 *
 * Frames hear what has a form; much of what people write at night has none. Here the words, their
 * neighbours, their spelling and the question before them are weighed as they were met in labelled
 * talk. The table is too large for a browser, so it only ever runs beside the gate, never instead.
 */
import { bias, earScale, earWeights, labelScale, labelWeights } from './ear-weights.generated.ts'
import { plainText } from './normalise.ts'
import { type DangerLabel, dangerLabels, type SafetyLabel, type SaidBefore } from './verdict.ts'

export const EAR_BUCKETS = 1 << 18
export const LABEL_BUCKETS = 1 << 15

const MOST_WORDS = 400
/** In a text longer than this the worst stretch counts: a cry for help is not thinned out by a story. */
const STRETCH = 60
const SHORT_ANSWER = 8

const wordPattern = /[\p{L}\p{N}]+|\p{Extended_Pictographic}|[?!]/gu

/** How much a message leans towards danger, as log-odds. */
export function lean(text: string, saidBefore: readonly SaidBefore[]): number {
  const words = wordsOf(text).slice(0, MOST_WORDS)
  let worst = Number.NEGATIVE_INFINITY
  for (let from = 0; from === 0 || from < words.length - STRETCH / 2; from += STRETCH / 2) {
    worst = Math.max(worst, leanOf(earFeatures(words.slice(from, from + STRETCH), saidBefore)))
  }
  return worst
}

function leanOf(features: readonly number[]): number {
  let sum = 0
  for (const feature of features) sum += earWeights[feature] as number
  return bias + (sum * earScale) / Math.sqrt(Math.max(1, features.length))
}

/** How much a kind that the gate named weighs against the ear's own, as log-odds. */
const GATE_NAMED = 2.5

/** The kind of danger that the words speak of most; `named` is what the gate took it for, if anything. */
export function likeliest(text: string, saidBefore: readonly SaidBefore[], named: SafetyLabel): DangerLabel {
  const features = earFeatures(wordsOf(text).slice(0, MOST_WORDS), saidBefore)
  const share = labelScale / Math.sqrt(Math.max(1, features.length))
  const scores = dangerLabels.map((label, index) => {
    let sum = 0
    for (const feature of features)
      sum += labelWeights[(feature % LABEL_BUCKETS) * dangerLabels.length + index] as number
    return sum * share + (label === named ? GATE_NAMED : 0)
  })
  return dangerLabels[scores.indexOf(Math.max(...scores))] as DangerLabel
}

export function wordsOf(text: string): string[] {
  return plainText(text).match(wordPattern) ?? []
}

/** Buckets of everything that the ear knows about a stretch of words, each once. */
export function earFeatures(words: readonly string[], saidBefore: readonly SaidBefore[]): number[] {
  const found = new Set<number>()
  const add = (feature: string) => found.add(hash(feature) % EAR_BUCKETS)
  addNeighbours(['<s>', ...words, '</s>'], add)
  for (const word of words) addSpelling(`_${word}_`, add)
  addBackground(words, saidBefore, add)
  return [...found]
}

type Add = (feature: string) => void

function addNeighbours(words: readonly string[], add: Add): void {
  for (let index = 0; index < words.length; index += 1) {
    const [one, two, three] = [words[index], words[index + 1], words[index + 2]]
    add(`u${one}`)
    if (two !== undefined) add(`b${one} ${two}`)
    if (three !== undefined) {
      add(`t${one} ${two} ${three}`)
      add(`s${one} ${three}`)
    }
  }
}

/** Three to five letters in a row: what a slip of the thumb leaves of a word. */
function addSpelling(word: string, add: Add): void {
  const shown = word.slice(0, 30)
  for (let length = 3; length <= 5; length += 1) {
    for (let from = 0; from + length <= shown.length; from += 1) add(`c${shown.slice(from, from + length)}`)
  }
}

/** A short answer means what was asked; earlier words of the visitor stay in the air. */
function addBackground(words: readonly string[], saidBefore: readonly SaidBefore[], add: Add): void {
  const asked = saidBefore.findLast((turn) => turn.role === 'bot')
  if (asked) {
    add('asked')
    for (const word of wordsOf(asked.text.slice(-300))) {
      add(`q${word}`)
      if (words.length <= SHORT_ANSWER) for (const answer of words) add(`a${word} ${answer}`)
    }
  }
  for (const turn of saidBefore.slice(-5)) {
    if (turn.role === 'user') for (const word of wordsOf(turn.text.slice(0, 500)).slice(0, STRETCH)) add(`p${word}`)
  }
}

/** FNV-1a with a finish, 32 bits. */
function hash(text: string): number {
  let mixed = 2_166_136_261
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), 16_777_619)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 12)) >>> 0
}
