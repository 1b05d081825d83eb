/**
 * The phrase net: the part of the ear that hears words in their order.
 *
 * Each word is the sum of the vectors of its properties; windows of one to three words are compared with
 * learned patterns, and of each pattern the best match counts. The bot's question and the visitor's earlier
 * turns are read alike, and one hidden layer weighs the three together, so that "yes" takes its meaning from
 * the question. It is trained from scratch on labelled talk (`scripts/phrase-net.cpp`), knows no other text,
 * and gives the same number on every machine. `listen` asks it only where it can change the outcome; what
 * was said before is read once while the talk holds it.
 */
import type { EarInput } from './ear.ts'
import { dotsOf, floatsFor, keepLayer, keepRows, layerOf, type Rows, takeWord } from './phrase-kernel.ts'
import { net } from './phrase-weights.generated.ts'
import {
  earlierTurns,
  MOST_WORDS_BEFORE,
  messageWords,
  questionText,
  questionWords,
  turnWords,
  type WordNumbers,
} from './phrases.ts'
import type { SaidBefore } from './verdict.ts'

/** The sizes of the net; `scripts/phrase-net.cpp` names the same. */
const MESSAGE_PATTERNS = { widest: 3, count: 96 }
const BEFORE_PATTERNS = { widest: 2, count: 32 }
const HIDDEN = 64
const WORD_SHARE = 1 / 3

interface Patterns {
  readonly widest: number
  readonly count: number
  readonly rows: Rows
  readonly bias: Float32Array
}

const ofMessage: Patterns = { ...MESSAGE_PATTERNS, rows: keepRows(net.message), bias: net.messageBias }
const ofBefore: Patterns = { ...BEFORE_PATTERNS, rows: keepRows(net.before), bias: net.beforeBias }
const forMessage = MESSAGE_PATTERNS.widest * MESSAGE_PATTERNS.count
const forBefore = BEFORE_PATTERNS.widest * BEFORE_PATTERNS.count
/** The best matches of the message, of the question and of earlier turns, one after the other. */
const found = floatsFor(forMessage + 2 * forBefore)
const [inMessage, inQuestion, inEarlier] = [0, forMessage, forMessage + forBefore]
const hidden = keepLayer(net.hidden, found.length)
const sums = floatsFor(HIDDEN)

/** How much a stretch of a message (from that token on) speaks for danger, as log-odds. */
export function phraseOdds({ heard, saidBefore }: EarInput, from: number): number {
  const message = messageWords(heard.reading.tokens, from)
  bestMatches(productsOf(message, ofMessage), message.length, { patterns: ofMessage, to: inMessage })
  found.set(questionMatches(questionText(saidBefore)), inQuestion)
  bestMatches(...earlierProducts(saidBefore), { patterns: ofBefore, to: inEarlier })
  layerOf(found, hidden, sums)
  let odds = net.oddsBias
  for (let unit = 0; unit < HIDDEN; unit += 1) {
    const sum = net.hiddenBias[unit]! + sums[unit]!
    if (sum > 0) odds += sum * net.odds[unit]!
  }
  return odds
}

function productsOf(words: readonly WordNumbers[], { rows }: Patterns): Int32Array {
  for (let at = 0; at < words.length; at += 1) takeWord(at, words[at]!, net.vectors)
  return dotsOf(words.length, rows)
}

/** Our own questions come again in every talk; each is read once. */
const questions = new Map<string, Float32Array>()
const QUESTIONS_AT_MOST = 500

function questionMatches(text: string): Float32Array {
  const known = questions.get(text)
  if (known) return known
  const words = questionWords(text)
  bestMatches(productsOf(words, ofBefore), words.length, { patterns: ofBefore, to: inQuestion })
  const matches = found.slice(inQuestion, inQuestion + forBefore)
  if (questions.size >= QUESTIONS_AT_MOST) questions.clear()
  questions.set(text, matches)
  return matches
}

/** An earlier turn is read once while the talk holds it. */
const turns = new WeakMap<SaidBefore, Int32Array>()
const together = new Int32Array(MOST_WORDS_BEFORE * ofBefore.rows.height)

function turnProducts(turn: SaidBefore): Int32Array {
  const known = turns.get(turn)
  if (known) return known
  const words = turnWords(turn.text)
  const fresh = productsOf(words, ofBefore).slice(0, words.length * ofBefore.rows.height)
  turns.set(turn, fresh)
  return fresh
}

/** The visitor's last words before this message, from the newest turn backwards, and how many they are. */
function earlierProducts(saidBefore: readonly SaidBefore[]): [Int32Array, number] {
  let from = together.length
  for (const turn of earlierTurns(saidBefore).toReversed()) {
    const products = turnProducts(turn)
    const fitting = products.subarray(Math.max(0, products.length - from))
    from -= fitting.length
    together.set(fitting, from)
  }
  return [together.subarray(from), (together.length - from) / ofBefore.rows.height]
}

const window = new Int32Array(MESSAGE_PATTERNS.count)
const best = new Int32Array(MESSAGE_PATTERNS.count)
const NONE = -0x8000_0000

/** For each pattern how well its best window of so many words matches, at least 0; nothing matches where nothing was said. */
function bestMatches(products: Int32Array, words: number, { patterns, to }: { patterns: Patterns; to: number }): void {
  const { widest, count, bias, rows } = patterns
  const scale = rows.scale * net.vectorScale * WORD_SHARE
  for (let width = 1; width <= widest; width += 1) {
    best.fill(NONE)
    const last = words === 0 ? -widest : words - 1 - Math.floor((width - 1) / 2)
    for (let at = -Math.floor(width / 2); at <= last; at += 1) matchWindow(products, { patterns, words, width, at })
    const place = (width - 1) * count
    for (let pattern = 0; pattern < count; pattern += 1) {
      const match = best[pattern] === NONE ? 0 : bias[place + pattern]! + scale * best[pattern]!
      found[to + place + pattern] = match > 0 ? match : 0
    }
  }
}

/** One window, of which the words that stand outside the text count nothing. */
function matchWindow(
  products: Int32Array,
  { patterns, words, width, at }: { patterns: Patterns; words: number; width: number; at: number },
): void {
  const { count, rows } = patterns
  const first = (((width - 1) * width) / 2) * count
  window.fill(0)
  for (let step = Math.max(0, -at); step < width && at + step < words; step += 1) {
    const from = (at + step) * rows.height + first + step * count
    for (let pattern = 0; pattern < count; pattern += 1) window[pattern]! += products[from + pattern]!
  }
  for (let pattern = 0; pattern < count; pattern += 1)
    if (window[pattern]! > best[pattern]!) best[pattern] = window[pattern]!
}
