/**
 * Signs: what is noticed of one fact beside one question, to tell whether the fact states what was asked.
 *
 * A near miss shares words and topic with a fact and asks for something else of it: its price, its day, who runs
 * it. So beside how near the fact stands, the signs tell what of the question it leaves unexplained, and how far
 * single words lead to topics that it does not answer.
 */
import type { Fact } from './fact.ts'
import { topicsOf } from './fact-topics.ts'
import { chanceOf, type IntentTable, likeliest, placeOf } from './intent.ts'
import { markOf } from './marks.ts'
import type { Program } from './program.ts'
import { type Clause, conceptsIn } from './reading.ts'
import { hasNumber, placeOfFact, type Sensed, sensed, unexplainedBy } from './senses.ts'
import { evidenceNames, type Heard, type Weighed } from './weighing.ts'

/** What spoke for a fact when it was weighed. */
const weighedNames = evidenceNames.slice(0, evidenceNames.indexOf('none'))

/** Of the question as a whole, then of the fact beside it. */
export const signNames: readonly string[] = [
  ...['none', 'words', 'unknown', 'clauses', 'asking', 'lost', 'numbers', 'things', 'silentTopic', 'silentIntent'],
  ...['silentPattern', 'silentThing', 'confident', 'knownTopic', 'noLead', 'ofSomebody'],
  ...['chance', 'ahead', 'place', 'predicate', 'agrees', 'asks'],
  ...['openWords', 'openWeight', 'openMost', 'openShare', 'openElsewhere', 'openNowhere'],
  ...['openThings', 'openLimits', 'openFocus', 'openAsking', 'openLight', 'knownThings', 'knownFocus', 'knownAsking'],
  ...['pullAway', 'pullAwayInAll', 'pullSilent', 'pullOwn', 'neverSeen'],
  ...['numberMissing', 'numberHeld', 'isGeneral', 'care', 'length', 'examples'],
  ...weighedNames,
]

const LEAST = 1e-5

/** A question with what was found for it in a program. */
export interface Found {
  readonly heard: Heard
  readonly weighed: Weighed
  readonly program: Program
}

/** @param most - facts looked at, the likeliest ones. @returns a row for each, as `signNames` names its columns. */
export function signsOf(found: Found, most: number): number[][] {
  const rowAt = signsBeside(found)
  return found.weighed.facts.slice(0, most).map((_, place) => rowAt(place))
}

/** @returns the row of signs of the question beside the fact at a place, put together when somebody looks. */
export function signsBeside(found: Found): (place: number) => number[] {
  const { heard, weighed, program } = found
  const question = questionSigns(heard, weighed, program)
  const asked = sensed(heard.asked, program)
  const noted = { asked, pulls: pullsOf(asked, program, weighed.intents.table) }
  return (place) => [...question, ...factSigns(found, noted, place)]
}

/** What is noticed of the question once, for all facts. */
interface Noted {
  readonly asked: Sensed
  readonly pulls: Pulls
}

function questionSigns({ clauses, asked }: Heard, { none, intents, silent }: Weighed, program: Program): number[] {
  const concepts = conceptsIn(asked)
  const likely = likeliest(intents, 3)
  const [best] = likely
  const unspoken = likely.find(([topic]) => !program.factsByTopic.has(topic))
  return [
    logOdds(none),
    asked.reduce((sum, { words }) => sum + words.length, 0),
    asked.reduce((sum, { unknown }) => sum + unknown.length, 0),
    clauses.length,
    asked.filter((clause) => clause.asks).length,
    clauses.length - asked.length,
    hasNumbers(asked) ? 1 : 0,
    [...concepts].filter((name) => isThing(name, program)).length,
    unspoken?.[1] ?? 0,
    silent.noneIntent ?? 0,
    silent.nonePattern ?? 0,
    silent.noneThing ?? 0,
    Math.log(Math.max(LEAST, best?.[1] ?? 0)),
    best && program.factsByTopic.has(best[0]) ? 1 : 0,
    asked.some(({ lead }) => lead.length > 0) ? 0 : 1,
    asked.some(({ ofSomebody }) => ofSomebody) ? 1 : 0,
  ]
}

function factSigns({ heard, weighed, program }: Found, { asked, pulls }: Noted, place: number): number[] {
  const { fact, chance, speaks } = weighed.facts[place]!
  const { intents, facts } = weighed
  const [best] = likeliest(intents, 1)
  const other = facts[place === 0 ? 1 : 0]?.chance ?? LEAST
  const at = placeOfFact(fact, program)
  const open = unexplainedBy(asked, at)
  return [
    Math.log(Math.max(LEAST, chance)),
    Math.log(Math.max(LEAST, chance) / Math.max(LEAST, other)),
    place,
    Math.log(Math.max(LEAST, chanceOf(intents, fact.asks[0]!))),
    best ? agreement(fact, best[0]) : 0,
    fact.asks.length,
    ...[open.words, open.weight, open.most, open.share, open.elsewhere, open.nowhere],
    ...kindsIn(asked, at),
    ...pullsBeside(fact, pulls),
    ...ownSigns(fact, heard.asked, asked),
    ...weighedNames.map((name) => speaks[name] ?? 0),
  ]
}

function ownSigns(fact: Fact, clauses: readonly Clause[], { concepts }: Sensed): number[] {
  const isHeld = hasNumber(fact)
  const isWanted = concepts.some(({ name }) => numberWanted.includes(name))
  return [
    isWanted && !isHeld ? 1 : 0,
    (isHeld ? 1 : 0) + (hasNumbers(clauses) ? 2 : 0),
    fact.scope === 'general' ? 1 : 0,
    cares[fact.modality] ?? 2,
    fact.say.en.length,
    fact.examples.en.length,
  ]
}

/** Concepts that want a number. */
const numberWanted = ['how-long', 'how-many', 'how-much', 'how-often', 'what-time', 'cost']
const cares: Readonly<Record<string, number>> = { always: 0, usually: 1 }

/** 2 where the likeliest topic is the fact's predicate, 1 where it is one of the others that it answers. */
function agreement({ asks }: Fact, topic: string): number {
  const at = asks.indexOf(topic)
  return at === 0 ? 2 : at > 0 ? 1 : 0
}

const kinds = ['thing', 'limit', 'focus', 'asking', 'light']

/** How many things, limits, … are asked with that the fact does not know; then how many it does. */
function kindsIn({ concepts }: Sensed, place: number): number[] {
  const open = [0, 0, 0, 0, 0]
  const known = [0, 0, 0, 0, 0]
  for (const { kind, knownTo } of concepts) {
    const at = kinds.indexOf(kind ?? '')
    if (at >= 0) (knownTo.includes(place) ? known : open)[at]! += 1
  }
  return [...open, known[0]! + known[1]!, known[2]!, known[3]!]
}

/** How far the learned intents of single words lead: the row of each word in the table, and to what no fact speaks of. */
interface Pulls {
  readonly table: IntentTable
  readonly words: readonly { readonly row: number; readonly unspoken: number }[]
  readonly neverSeen: number
}

function pullsOf({ words }: Sensed, program: Program, table: IntentTable): Pulls {
  const { isSilent } = topicsOf(program, table)
  const rows = words.map(({ root }) => placeOf(markOf(root), table.slots)).filter((row) => row >= 0)
  const unspoken = (row: number): number => {
    let most = 0
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1)
      if (isSilent[table.rowTopics[at]!] === 1) most = Math.max(most, table.rowWeights[at]!)
    return most
  }
  return {
    table,
    words: rows.map((row) => ({ row, unspoken: unspoken(row) * table.scale })),
    neverSeen: words.length - rows.length,
  }
}

/** Word by word, how far the learned intents lead away from what the fact answers, and to it; words never met. */
function pullsBeside(fact: Fact, { table, words, neverSeen }: Pulls): number[] {
  const own = fact.asks.map((topic) => table.indexes.get(topic) ?? -1)
  let [away, inAll, silent, to] = [0, 0, 0, 0]
  for (const { row, unspoken } of words) {
    let [toOwn, toOthers] = [0, 0]
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1) {
      const weight = table.rowWeights[at]!
      if (weight <= toOwn && weight <= toOthers) continue
      if (own.includes(table.rowTopics[at]!)) toOwn = Math.max(toOwn, weight)
      else if (weight > toOthers) toOthers = weight
    }
    const [mine, others] = [toOwn * table.scale, toOthers * table.scale]
    away = Math.max(away, others - mine)
    inAll += Math.max(0, others - mine)
    silent = Math.max(silent, unspoken - mine)
    to = Math.max(to, mine - others)
  }
  return [away, inAll, silent, to, neverSeen]
}

function hasNumbers(asked: readonly Clause[]): boolean {
  return asked.some(({ numbers }) => numbers.length > 0)
}

function isThing(name: string, { words }: Program): boolean {
  const kind = words.concepts.get(name)?.kind
  return kind === 'thing' || kind === 'limit'
}

function logOdds(chance: number): number {
  const within = Math.min(1 - LEAST, Math.max(LEAST, chance))
  return Math.log(within / (1 - within))
}
