/**
 * A named insurer is looked up on the program's list, where taking it is what was asked; and how much the list says.
 */

import type { Program } from '../program.ts'
import { conceptsIn } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import type { Certainty } from '../saying/choosing.ts'
import { MEANT_FROM } from '../saying/gaps.ts'
import { chanceStated } from '../stating/stated.ts'
import { chanceOf } from '../topics/intent.ts'
import { topicsIn } from '../topics/topics.ts'
import type { Heard, Weighed } from '../weighing/weighing.ts'

/** @returns null when no insurer is named, or something else is asked of it. */
export function payerPart(heard: Heard, weighed: Weighed, program: Program): Part | null {
  const { clauses, asked } = heard
  if (!clauses.some((clause) => clause.concepts.has('payer-name'))) return null
  const { words } = program
  const top = topicsIn(conceptsIn(asked), words)[0]?.topic
  const isList = clauses.some((clause) => topicsIn(clause.concepts, words)[0]?.topic.kind === 'payer')
  const likely = ['takes-payer', 'payer-list'].reduce((sum, topic) => sum + chanceOf(weighed.intents, topic), 0)
  const isAsked = (isList && top?.kind !== 'program') || top?.kind === 'payer' || likely > MEANT_FROM
  if (!isAsked) return null
  const certainty = certaintyOfListing(heard, weighed, program)
  return { topic: 'takes-payer', kind: 'payer', facts: [], gap: null, certainty }
}

/** That an insurer is listed says nothing of what it pays, of the smaller plan, of a promise. */
const beyondTheList = ['payer-cost', 'coverage-of', 'promised-cover', 'other-insurance-detail', 'copay', 'deductible']
const BEYOND_FROM = 0.25

function asksBeyondTheList(intents: Weighed['intents']): boolean {
  return beyondTheList.reduce((sum, topic) => sum + chanceOf(intents, topic), 0) > BEYOND_FROM
}

/** From this chance on the list says all that was asked: not of a plan within it, nor of a price. */
const LISTED_FROM = 0.8

function certaintyOfListing(heard: Heard, weighed: Weighed, program: Program): Certainty {
  if (asksBeyondTheList(weighed.intents)) return 'near'
  return chanceStated(heard, weighed, program) >= LISTED_FROM ? 'sure' : 'fairly-sure'
}
