/**
 * A frame's pattern, as it is written in the frames' files, read into its ways of being said.
 */
import { conceptId, literalConcept } from './lexicon.ts'
import { expand } from './shorthand.ts'

/** One of some concepts, at most so far from the step before it; `free`: a "not" or a sentence's end may lie between. */
export interface Step {
  readonly wants: readonly number[]
  readonly gap: number
  readonly free: boolean
}

/**
 * Reads "WANT ~2 (DIE|dead)?" into every way of saying it: a gap before, then one of some concepts.
 * "A & B" means both within a sentence in either order, "A && B" both nearby in either order.
 */
export function readPattern(pattern: string): Step[][] {
  const pair = pattern.split(/ (&&?) /)
  if (pair.length === 3) {
    const gap = pair[1] === '&' ? '~9' : '..14'
    return [...readPattern(`${pair[0]} ${gap} ${pair[2]}`), ...readPattern(`${pair[2]} ${gap} ${pair[0]}`)]
  }
  let ways: Step[][] = [[]]
  let gap = 1
  let free = false
  for (const part of pattern.match(/\([^)]*\)\??|\S+/g) ?? []) {
    if (/^(~|\.\.)\d+$/.test(part)) {
      free = part.startsWith('.')
      gap = Number(part.replace(/^\D+/, ''))
      continue
    }
    const wants = part
      .replace(/\?$/, '')
      .replace(/^\(|\)$/g, '')
      .split('|')
      .flatMap(wantedConcepts)
    const step = { wants, gap, free }
    const longer = ways.map((way) => [...way, step])
    ways = part.endsWith('?') ? [...ways, ...longer] : longer
    gap = 1
    free = false
  }
  return ways.filter((way) => way.length > 0)
}

/** A name in capitals is a concept; anything else is a word, a phrase or a word in shorthand. */
function wantedConcepts(name: string): number[] {
  if (name === name.toUpperCase()) return [conceptId(name)]
  return (name.includes(' ') ? [name] : expand(name)).map(literalConcept)
}
