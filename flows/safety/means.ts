/**
 * Whether somebody has said with what: a question about a plan is then answered already.
 *
 * Pills are not among them: in this house they are spoken of for other reasons.
 */
import { conceptId } from './lexicon.ts'
import { readTokens } from './stream.ts'

const means: ReadonlySet<number> = new Set(['GUN', 'SHARP', 'ROPE', 'HEIGHT'].map(conceptId))
/** A few sentences: means are named early, and this is asked of each message of a talk. */
const LONGEST = 600

export function namesMeans(text: string): boolean {
  // "38" is a revolver, and more often an age.
  const named = readTokens(text.slice(0, LONGEST)).filter(({ word }) => !/^\d/.test(word))
  return named.some(({ arcs }) => arcs.some(({ concept }) => means.has(concept)))
}
