/**
 * Weighs the whole of what was said: frames, concepts and words, each a little for or against danger.
 *
 * Frames carry the plain cases. Between them and harmless talk lies what no single frame settles; there
 * the weights, fitted offline on labelled talk and kept as readable data, add up the small signs.
 */
import type { Background } from './background.ts'
import { evidenceRows, labelRows } from './gate-tables.generated.ts'
import { conceptName, isClass } from './lexicon.ts'
import { notes } from './notes.ts'
import type { Reading } from './reading.ts'
import { isDenied, type Token } from './stream.ts'
import { type DangerLabel, dangerLabels, isDangerLabel } from './verdict.ts'
import { applies, type Weighed } from './weigh.ts'

const weights = new Map<string, number>()
for (const row of evidenceRows.split('\n')) {
  const [weight = '0', list = ''] = row.split('=')
  for (const feature of list.split(' ')) weights.set(feature, Number(weight) / 8)
}
const labelWeights = new Map<string, readonly number[]>()
for (const row of labelRows.split('\n')) {
  const [feature = '', code = ''] = row.split('=')
  labelWeights.set(
    feature,
    Array.from(code, (letter) => (letter.charCodeAt(0) - 'm'.charCodeAt(0)) / 2),
  )
}

const WINDOW = 60
/** Beyond these tokens only stretches that hold a sign are weighed, so that a long text costs little more. */
const FIRST_TOKENS = 240
const MOST_STRETCHES = 24

/** How much the text speaks for danger, as log-odds; a long text is as dangerous as its worst stretch. */
export function dangerScore(reading: Reading, background: Background, signals: readonly Weighed[]): number {
  const { length } = reading.tokens
  let worst = Number.NEGATIVE_INFINITY
  let stretches = 0
  for (let from = 0; from === 0 || from < length - WINDOW / 2; from += WINDOW / 2) {
    const stretch = { signals, from, to: from + WINDOW }
    if (from > FIRST_TOKENS && !signals.some((signal) => signal.from >= from && signal.from < stretch.to)) continue
    if (++stretches > MOST_STRETCHES) break
    worst = Math.max(worst, sum(featuresOf(reading, background, stretch)))
  }
  return worst
}

function sum(features: readonly string[]): number {
  return features.reduce((total, feature) => total + (weights.get(feature) ?? 0), weights.get('bias') ?? 0)
}

interface Stretch {
  readonly signals: readonly Weighed[]
  readonly from: number
  readonly to: number
}

/** The score, the label and the ear all ask for the same beginning of a message: it is worked out once. */
export interface Beginning {
  readonly background: Background
  readonly signals: readonly Weighed[]
  readonly to: number
  readonly features: readonly string[]
}

/** What the weights know of a stretch of text, each named once. */
export function featuresOf(reading: Reading, background: Background, stretch: Stretch): readonly string[] {
  if (stretch.from > 0) return stretchFeatures(reading, background, stretch)
  const to = Math.min(stretch.to, reading.tokens.length)
  const { signals } = stretch
  const known = reading.beginning
  if (known !== null && known.to === to && known.background === background && known.signals === signals)
    return known.features
  const features = stretchFeatures(reading, background, stretch)
  reading.beginning = { background, signals, to, features }
  return features
}

function stretchFeatures({ tokens, hits }: Reading, background: Background, stretch: Stretch): string[] {
  const { from, to } = stretch
  const found = new Set<string>()
  addAnswer(found, tokens, background)
  for (const label of background.said) found.add(`<${label}`)
  for (const { frame, at, denied } of hits) {
    if (at[0]! >= from && at[0]! < to && applies(frame, background)) found.add(`${denied ? '!' : '#'}${frame.id}`)
  }
  addLevels(found, stretch)
  found.add(`@length${Math.min(6, Math.floor(Math.min(to - from, tokens.length) / 4))}`)
  for (let at = Math.max(1, from); at < Math.min(to, tokens.length); at++) addToken(found, tokens, at)
  if (from === 0 && tokens[1] !== undefined) found.add(`^${tokens[1].word}`)
  return [...found]
}

/** What was asked, and what was asked together with how the answer begins. */
function addAnswer(found: Set<string>, tokens: readonly Token[], { asked, askedConcepts }: Background): void {
  const firsts: string[] = []
  for (const { concept } of tokens[1]?.arcs ?? []) if (isClass(concept)) firsts.push(conceptName(concept))
  const answer = firsts.includes('NO') ? 'NO' : firsts.includes('YES') ? 'YES' : tokens.length < 6 ? 'SHORT' : 'LONG'
  for (const topic of asked) {
    found.add(`?${topic}`)
    for (const name of firsts) found.add(`?${topic}${name}`)
  }
  for (const feature of askedFeatures(askedConcepts, answer)) found.add(feature)
}

/** By question and kind of answer; our questions come again in every talk. */
const askedBefore = notes<ReadonlySet<string>, Map<string, readonly string[]>>()

function askedFeatures(asked: ReadonlySet<string>, answer: string): readonly string[] {
  const byAnswer = askedBefore.get(asked) ?? new Map<string, readonly string[]>()
  if (byAnswer.size === 0) askedBefore.set(asked, byAnswer)
  const known = byAnswer.get(answer) ?? [...asked].flatMap((name) => [`?${name}`, `?${name}:${answer}`])
  byAnswer.set(answer, known)
  return known
}

function addToken(found: Set<string>, tokens: readonly Token[], at: number): void {
  const { word, arcs } = tokens[at]!
  const denied = isDenied(tokens, at)
  for (const { concept } of arcs) {
    if (isClass(concept)) found.add(denied ? `!${conceptName(concept)}` : conceptName(concept))
  }
  found.add(word)
}

/** The strength of the signals, in steps: overall and as a count of kinds. */
function addLevels(found: Set<string>, { signals, from, to }: Stretch): void {
  const kinds: string[] = []
  let strongest = 0
  for (const { label, frame, weight, from: at } of signals) {
    if (!isDangerLabel(label) || at < from || at >= to) continue
    strongest = Math.max(strongest, weight)
    if (!kinds.includes(frame)) kinds.push(frame)
  }
  found.add(`@level${Math.round(strongest * 5)}`)
  found.add(`@kinds${Math.min(3, kinds.length)}`)
}

/** The kind of danger that the evidence points to most. */
export function likeliestLabel(reading: Reading, background: Background, signals: readonly Weighed[]): DangerLabel {
  const totals = [...(labelWeights.get('bias') ?? dangerLabels.map(() => 0))]
  for (const feature of featuresOf(reading, background, { signals, from: 0, to: reading.tokens.length })) {
    labelWeights.get(feature)?.forEach((weight, i) => {
      totals[i] = totals[i]! + weight
    })
  }
  for (const { label, weight } of signals) {
    if (isDangerLabel(label)) totals[dangerLabels.indexOf(label)]! += SIGNAL_SHARE * weight
  }
  return dangerLabels[totals.indexOf(Math.max(...totals))]!
}

/** How much a frame's own label counts beside the fitted weights. */
const SIGNAL_SHARE = 1.5
