/**
 * The service's second listener: thousands of small word signs, each a little for or against danger.
 *
 * Frames hear what has a form; much of what people write at night has none. Here every sign of a message
 * (`ear-signs.ts`) is weighed as it was met in labelled talk. The table is too large for a browser, so it
 * only ever runs beside the gate, never instead.
 */
import { type EarInput, STRETCH, signsFrom, wordsOf } from './ear-signs.ts'
import { bias, earScale, earWeights } from './ear-weights.generated.ts'
import { kindWeights } from './kind-weights.generated.ts'
import { type DangerLabel, dangerLabels } from './verdict.ts'

export { EAR_BUCKETS } from './ear-buckets.ts'
export const LABEL_BUCKETS = 1 << 19
/** A kind's weight is half a byte; a bucket's kinds lie side by side. */
export const LABEL_BYTES = Math.ceil(dangerLabels.length / 2)

const MOST_WORDS = 400

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
  const features = signsFrom(words, input, from)
  let sum = 0
  for (let index = 0; index < features.length; index += 1) sum += earWeights[features[index]!]!
  return { from, odds: bias + (sum * earScale) / Math.sqrt(Math.max(1, features.length)), features }
}

/** Buckets of everything that the ear knows about a message's beginning, each once. */
export function earFeatures(input: EarInput): readonly number[] {
  return signsFrom(wordsOf(input.text).slice(0, MOST_WORDS), input, 0)
}

/** The kind of danger that a stretch speaks of most. */
export function likeliest(features: readonly number[]): DangerLabel {
  const sums = new Int32Array(2 * LABEL_BYTES)
  for (let index = 0; index < features.length; index += 1) {
    const row = (features[index]! % LABEL_BUCKETS) * LABEL_BYTES
    for (let at = 0; at < LABEL_BYTES; at += 1) {
      const both = kindWeights[row + at]!
      sums[2 * at]! += (both << 28) >> 28
      sums[2 * at + 1]! += both >> 4
    }
  }
  const scores = sums.subarray(0, dangerLabels.length)
  return dangerLabels[scores.indexOf(Math.max(...scores))] as DangerLabel
}
