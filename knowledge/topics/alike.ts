/**
 * Questions that are put alike: those that share most of their words, whatever they are about.
 *
 * For counting what staff see together where no known topic is likely; nothing is answered by it.
 */
import { plain, rootOf } from '../reading/spelling.ts'

/** Share of all their words that two questions must have in common. */
const ALIKE_FROM = 0.5
const SHORTEST_WORD = 4

/** @returns the places of the texts in groups, each text in one; the first of a group came first. */
export function groupsAlike(texts: readonly string[]): number[][] {
  const groups: { readonly words: ReadonlySet<string>; readonly places: number[] }[] = []
  texts.forEach((text, place) => {
    const words = wordsOf(text)
    const group = groups.find((one) => likeness(one.words, words) >= ALIKE_FROM)
    if (group) group.places.push(place)
    else groups.push({ words, places: [place] })
  })
  return groups.map(({ places }) => places)
}

function likeness(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  const common = [...one].filter((word) => two.has(word)).length
  return common === 0 ? 0 : common / (one.size + two.size - common)
}

function wordsOf(text: string): Set<string> {
  return new Set((plain(text).match(/[a-z0-9]+/g) ?? []).filter((word) => word.length >= SHORTEST_WORD).map(rootOf))
}
