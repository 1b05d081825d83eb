/**
 * Choosing: which of the near facts are said, and how surely they are what was asked.
 */
import type { Fact } from '../fact.ts'
import type { Stating } from '../stating/stated.ts'

/** Said outright; said with what may be open; said as what stands nearest and may not be what was asked. */
export type Certainty = 'sure' | 'fairly-sure' | 'near'

/** The chance that the page states it, from which a fact is said at all, said as an answer, and said outright. */
export const SAID_FROM = 0.1
const FAIRLY_SURE_FROM = 0.6
const SURE_FROM = 0.92
/** A fact that fits this much less well than the first is not said with it, and one that hardly fits never is. */
const ALSO_FROM = { well: 0.3, sure: 0.05, 'fairly-sure': 0.1, near: 0.03 }
const FITS_WELL_FROM = 0.9
export const FITS_FROM = 0.05
export const FACTS_AT_MOST = 3

/** @param stating - of at least one fact. */
export function chosenFrom({ stated, facts }: Stating): { readonly certainty: Certainty; readonly facts: Fact[] } {
  const certainty = stated >= SURE_FROM ? 'sure' : stated >= FAIRLY_SURE_FROM ? 'fairly-sure' : 'near'
  const [first] = facts
  if (first === undefined) return { certainty: 'near', facts: [] }
  const also = first.fits >= FITS_WELL_FROM ? ALSO_FROM.well : ALSO_FROM[certainty]
  const least = Math.max(FITS_FROM, first.fits * also)
  return {
    certainty,
    facts: facts.filter(({ fact, fits }) => fact === first.fact || fits >= least).map(({ fact }) => fact),
  }
}
