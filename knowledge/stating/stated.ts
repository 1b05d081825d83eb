/**
 * Stated: the chance that the page says what was asked at all, and which of the near facts says it.
 *
 * Weighing finds which facts stand nearest; a near fact shares words and topic with a question that no fact
 * answers ("what is the rent at the sober house"). So what was found is looked at once more by its signs, with two
 * forests of small trees: one tells whether anything is stated, the other which fact fits. Both are fitted on
 * questions that the tables had not seen, those of one author at a time.
 */
import type { Fact } from '../fact.ts'
import { notes } from '../notes.ts'
import type { Program } from '../program.ts'
import type { Heard, Weighed } from '../weighing/weighing.ts'
import { type Found, signsBeside } from './signs.ts'
import { fits, stated } from './stated-trees.generated.ts'
import { chanceBy } from './trees.ts'

export interface Stating {
  /** From 0 to 1. */
  readonly stated: number
  /** The likeliest facts anew, the one that fits best first, each with the chance that it states what was asked. */
  readonly facts: readonly { readonly fact: Fact; readonly fits: number }[]
}

const NOTHING: Stating = { stated: 0, facts: [] }
const known = notes<Weighed, Stating>()

export function statingOf(heard: Heard, weighed: Weighed, program: Program): Stating {
  const before = known.get(weighed)
  if (before) return before
  const found = weighed.facts.length === 0 ? NOTHING : new Looked({ heard, weighed, program })
  known.set(weighed, found)
  return found
}

/** So many of the likeliest facts are looked at; the others that were kept only where none of these plainly fits. */
export const LOOKED_AT = 4
const FITS_PLAINLY_FROM = 0.5

/** Whether anything is stated is asked more often than by which fact: the facts are looked at when somebody asks. */
class Looked implements Stating {
  readonly stated: number
  readonly #rowAt: (place: number) => number[]
  readonly #first: readonly number[]
  readonly #likeliest: readonly Fact[]
  #facts: Stating['facts'] | null = null

  constructor(found: Found) {
    this.#rowAt = signsBeside(found)
    this.#first = this.#rowAt(0)
    this.#likeliest = found.weighed.facts.map(({ fact }) => fact)
    this.stated = chanceBy(stated, this.#first)
  }

  get facts() {
    this.#facts ??= this.#looked().sort((a, b) => b.fits - a.fits)
    return this.#facts
  }

  #looked() {
    const near = this.#likeliest.slice(0, LOOKED_AT).map((fact, place) => this.#fitsAt(fact, place))
    if (near.some(({ fits }) => fits >= FITS_PLAINLY_FROM)) return near
    return [...near, ...this.#likeliest.slice(LOOKED_AT).map((fact, at) => this.#fitsAt(fact, LOOKED_AT + at))]
  }

  #fitsAt(fact: Fact, place: number) {
    return { fact, fits: chanceBy(fits, place === 0 ? this.#first : this.#rowAt(place)) }
  }
}

/** From 0 to 1. */
export function chanceStated(heard: Heard, weighed: Weighed, program: Program): number {
  return statingOf(heard, weighed, program).stated
}
