/**
 * The phrase net: the part of the ear that hears words in their order.
 *
 * Each word is the sum of the vectors of its properties; windows of one to three words are compared with
 * learned patterns, and of each pattern the best match counts. The bot's question and the visitor's earlier
 * turns are read alike, and one hidden layer weighs the three together, so that "yes" takes its meaning from
 * the question. It is trained from scratch on labelled talk (`scripts/phrase-net.cpp`), knows no other text,
 * and gives the same number on every machine. It costs about a millisecond, so `listen` asks it only where
 * it can change the outcome.
 */
import type { EarInput } from './ear.ts'
import { net } from './phrase-weights.generated.ts'
import { earlierWords, messageWords, questionWords, type WordNumbers } from './phrases.ts'

/** Numbers in a vector. */
const VECTOR = 64
/** The sizes of the net; `scripts/phrase-net.cpp` names the same. */
const MESSAGE_PATTERNS = { widest: 3, count: 96 }
const BEFORE_PATTERNS = { widest: 2, count: 32 }
const HIDDEN = 64
const WORD_SHARE = 1 / 3

interface Patterns {
  readonly widest: number
  readonly count: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

const ofMessage: Patterns = { ...MESSAGE_PATTERNS, weights: net.message, bias: net.messageBias }
const ofBefore: Patterns = { ...BEFORE_PATTERNS, weights: net.before, bias: net.beforeBias }

/** How much a stretch of a message (from that token on) speaks for danger, as log-odds. */
export function phraseOdds({ heard, saidBefore }: EarInput, from: number): number {
  const message = bestMatches(messageWords(heard.reading.tokens, from), ofMessage)
  const question = bestMatches(questionWords(saidBefore), ofBefore)
  const earlier = bestMatches(earlierWords(saidBefore), ofBefore)
  const found = [...message, ...question, ...earlier]
  let odds = net.oddsBias
  for (let unit = 0; unit < HIDDEN; unit += 1) {
    let sum = net.hiddenBias[unit] as number
    const row = unit * found.length
    for (let index = 0; index < found.length; index += 1)
      sum += (net.hidden[row + index] as number) * (found[index] as number)
    if (sum > 0) odds += sum * (net.odds[unit] as number)
  }
  return odds
}

/** For each pattern how well its best window matches, at least 0; nothing matches where nothing was said. */
function bestMatches(words: readonly WordNumbers[], patterns: Patterns): Float32Array {
  const { widest, count, bias } = patterns
  const best = new Float32Array(widest * count)
  const each = ((widest * (widest + 1)) / 2) * count
  const dots = dotsOf(words, patterns.weights, each)
  for (let width = 1; width <= widest; width += 1) {
    const first = (((width - 1) * width) / 2) * count
    const last = words.length === 0 ? -widest : words.length - 1 - Math.floor((width - 1) / 2)
    for (let at = -Math.floor(width / 2); at <= last; at += 1) {
      for (let pattern = 0; pattern < count; pattern += 1) {
        const place = (width - 1) * count + pattern
        let sum = bias[place] as number
        for (let step = Math.max(0, -at); step < width && at + step < words.length; step += 1)
          sum += dots[(at + step) * each + first + step * count + pattern] as number
        if (sum > (best[place] as number)) best[place] = sum
      }
    }
  }
  return best
}

/** Every word against every row of the patterns. */
function dotsOf(words: readonly WordNumbers[], weights: Float32Array, each: number): Float32Array {
  const dots = new Float32Array(words.length * each)
  const vector = new Float32Array(VECTOR)
  words.forEach((word, at) => {
    sumVectors(word, vector)
    for (let row = 0; row < each; row += 1) dots[at * each + row] = dot(vector, weights, row * VECTOR)
  })
  return dots
}

function sumVectors(word: WordNumbers, vector: Float32Array): void {
  vector.fill(0)
  for (const number of word) {
    const from = number * VECTOR
    for (let index = 0; index < VECTOR; index += 1) vector[index]! += net.vectors[from + index] as number
  }
  const share = net.vectorScale * WORD_SHARE
  for (let index = 0; index < VECTOR; index += 1) vector[index]! *= share
}

/** Four sums side by side keep the processor busy. */
function dot(vector: Float32Array, weights: Float32Array, from: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let index = 0; index < VECTOR; index += 4) {
    a += vector[index]! * weights[from + index]!
    b += vector[index + 1]! * weights[from + index + 1]!
    c += vector[index + 2]! * weights[from + index + 2]!
    d += vector[index + 3]! * weights[from + index + 3]!
  }
  return a + b + c + d
}
