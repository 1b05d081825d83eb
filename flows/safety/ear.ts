/**
 * The service's second listener: thousands of small word signs, each a little for or against danger.
 *
 * Frames hear what has a form; much of what people write at night has none. Here the words, their
 * neighbours, their spelling, the concepts that stand near each other, what the gate noticed and the
 * question before are weighed as they were met in labelled talk. The table is too large for a
 * browser, so it only ever runs beside the gate, never instead.
 */
import { bias, earScale, earWeights, labelScale, labelWeights } from './ear-weights.generated.ts'
import { featuresOf } from './evidence.ts'
import type { Heard } from './gate.ts'
import { conceptName } from './lexicon.ts'
import { plainText } from './normalise.ts'
import type { Token } from './stream.ts'
import { type DangerLabel, dangerLabels, type SafetyLabel, type SaidBefore } from './verdict.ts'

export const EAR_BUCKETS = 1 << 18
export const LABEL_BUCKETS = 1 << 16

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

/** How much a message leans towards danger, as log-odds, and the stretch of it that leans most. */
export function lean(input: EarInput): { odds: number; features: readonly number[] } {
  const words = wordsOf(input.text).slice(0, MOST_WORDS)
  let worst = leanOf(stretchFeatures(words, input, 0))
  for (let from = STRETCH / 2; from < words.length - STRETCH / 2; from += STRETCH / 2) {
    const next = leanOf(stretchFeatures(words, input, from))
    if (next.odds > worst.odds) worst = next
  }
  return worst
}

function leanOf(features: readonly number[]): { odds: number; features: readonly number[] } {
  let sum = 0
  for (const feature of features) sum += earWeights[feature] as number
  return { odds: bias + (sum * earScale) / Math.sqrt(Math.max(1, features.length)), features }
}

/** How much a kind that the gate named weighs against the ear's own, as log-odds. */
const GATE_NAMED = 1

/** The kind of danger that a stretch speaks of most; `named` is what the gate took it for, if anything. */
export function likeliest(features: readonly number[], named: SafetyLabel): DangerLabel {
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

/** Buckets of everything that the ear knows about a message's beginning, each once. */
export function earFeatures(input: EarInput): number[] {
  return stretchFeatures(wordsOf(input.text).slice(0, MOST_WORDS), input, 0)
}

function stretchFeatures(all: readonly string[], { heard, saidBefore }: EarInput, from: number): number[] {
  const found = new Set<number>()
  const add = (feature: string) => found.add(hash(feature) % EAR_BUCKETS)
  const words = all.slice(from, from + STRETCH)
  addNeighbours(['<s>', ...words, '</s>'], add)
  for (const word of words) addSpelling(`_${word}_`, add)
  addBackground(words, saidBefore, add)
  const stretch = { signals: heard.weighed, from, to: from + STRETCH }
  for (const noticed of featuresOf(heard.reading, heard.background, stretch)) add(`g${noticed}`)
  addConcepts(heard.reading.tokens.slice(Math.max(1, from), from + STRETCH), add)
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

/** Which concepts stand together, in order and a few words apart: the same in both languages and any wording. */
function addConcepts(tokens: readonly Token[], add: Add): void {
  const concepts = tokens.map(({ arcs }) => arcs.map(({ concept }) => concept).filter((concept) => isClass(concept)))
  concepts.forEach((ones, at) => {
    for (let next = at + 1; next < Math.min(concepts.length, at + NEAR); next += 1) {
      for (const other of concepts[next] as number[]) {
        for (const one of ones) {
          add(`k${conceptName(one)} ${conceptName(other)}`)
          if (next === at + 1) add(`n${conceptName(one)} ${conceptName(other)}`)
        }
      }
    }
  })
}

/** Classes of words have names in capitals; single words that a frame names do not. */
function isClass(concept: number): boolean {
  const name = conceptName(concept)
  return name === name.toUpperCase()
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
