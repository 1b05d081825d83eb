/**
 * Afterthoughts: a question that is not clear alone is read with what was said before it.
 */

import type { Program } from '../program.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import type { Clause } from '../reading/reading.ts'
import { chanceStated } from '../stating/stated.ts'
import { type Heard, type Weighed, weigh } from '../weighing/weighing.ts'
import { likeliest } from './intent.ts'

/** "and on weekends?", "does it cost extra": what is not clear alone is read with what was said before. */
export function weighedInContext(
  heard: Heard,
  earlier: () => readonly Clause[],
  program: Program,
): { heard: Heard; weighed: Weighed } {
  const weighed = weigh(heard, program)
  // "you don't treat depression, do you?": a bare tag does not make the whole lean on what was said before.
  const leansBack =
    heard.clauses.some((clause) => clause.followsOn || clause.pointsBack || clause.ofSomebody) ||
    heard.clauses.every((clause) => isBare(clause, program.words))
  if (!leansBack || isClearAlone(heard, weighed, program)) return { heard, weighed }
  const before = earlier()
  if (before.length === 0) return { heard, weighed }
  const together = { clauses: [...before, ...heard.clauses], asked: heard.asked }
  return { heard: together, weighed: weigh(together, program) }
}

/** From this chance on it is answered by itself; an afterthought of so few words never is for that. */
const CLEAR_ALONE_FROM = 0.89
const FEW = 5

/** From this chance on a topic is meant without what was said before it: "what does it cost?". */
const CLEAR_TOPIC_FROM = 0.5

function isClearAlone(heard: Heard, weighed: Weighed, program: Program): boolean {
  const [best] = likeliest(weighed.intents, 1)
  const named = heard.asked.some((clause) => [...clause.concepts].some((name) => name === best?.[0]))
  if (best && best[1] >= CLEAR_TOPIC_FROM && (named || !program.factsByTopic.has(best[0]))) return true
  return !isAfterthought(heard) && chanceStated(heard, weighed, program) >= CLEAR_ALONE_FROM
}

/** "and for a php?": a few words that only go on. */
function isAfterthought({ clauses }: Heard): boolean {
  return clauses.some(({ followsOn }) => followsOn) && clauses.reduce((sum, { words }) => sum + words.length, 0) <= FEW
}

/** Nothing in it stands for anything: "why?", "3 or 4". */
export function isBare(clause: Clause, words: Lexicon): boolean {
  return (
    clause.unknown.length === 0 && [...clause.concepts].every((name) => words.concepts.get(name)?.kind === 'filler')
  )
}
