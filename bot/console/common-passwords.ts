/**
 * Whether a password is among those that are tried first, or put together from them (ASVS 5.0, 6.2.4).
 *
 * By a maintained library with some 49,000 passwords that came to light and 7,776 words: it also sees them
 * with other signs for letters, doubled, with a year behind, or along the keyboard.
 */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Of 0 to 4; 3 takes some hundred million guesses, far beyond what our waits allow. */
const SAFE_FROM = 3
/** Signs that are looked at: what is longer is safe by its length, and looking takes time. */
const LOOKED_AT = 64

let loading: Promise<ZxcvbnFactory> | null = null

/** Loaded by the first who sets a password: nobody else needs it. */
function estimator(): Promise<ZxcvbnFactory> {
  loading ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory: Factory }, { dictionary, adjacencyGraphs }]) =>
      new Factory({ dictionary, graphs: adjacencyGraphs }),
  )
  return loading
}

/** @param name - of the account: it counts as one of the words. */
export async function isCommonPassword(password: string, name: string): Promise<boolean> {
  const { score } = (await estimator()).check(password.slice(0, LOOKED_AT), [name, 'porchlight', 'admissions'])
  return score < SAFE_FROM
}
