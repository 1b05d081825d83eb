/**
 * Signs: what is noticed of one fact beside one question, to tell whether the fact states what was asked.
 *
 * A near miss shares words and topic with a fact and asks for something else of it: its price, its day, who runs
 * it. So beside how near the fact stands, the signs tell what of the question it leaves unexplained, and how far
 * single words lead to topics that it does not answer.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import { type Clause, conceptsIn } from '../reading/reading.ts'
import { chanceOf, type IntentTable, likeliest, placeOf } from '../topics/intent.ts'
import { markOf } from '../topics/marks.ts'
import { type FactTopics, topicsOf } from '../weighing/fact-topics.ts'
import { evidenceNames, type Heard, type Weighed } from '../weighing/weighing.ts'
import { hasNumber, placeOfFact, type Sensed, sensed, type Unexplained, unexplainedBy } from './senses.ts'

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
  while (question.length < signNames.length) question.push(0)
  const asked = sensed(heard.asked, program)
  const noted = {
    asked,
    isNumberWanted: asked.concepts.some(({ name }) => numberWanted.includes(name)),
    likeliest: likeliest(weighed.intents, 1)[0]?.[0] ?? null,
    pulls: pullsOf(asked, program, weighed.intents.table),
  }
  return (place) => {
    const row = question.slice()
    putFactSigns(row, found, { noted, place })
    return row
  }
}

/** What is noticed of the question once, for all facts. */
interface Noted {
  readonly asked: Sensed
  readonly isNumberWanted: boolean
  /** The topic that is most likely meant. */
  readonly likeliest: string | null
  readonly pulls: Pulls
}

/** Where each group of signs of a fact begins: they are put into a row that is there already, one by one. */
const columns = {
  fact: signNames.indexOf('chance'),
  unexplained: signNames.indexOf('openWords'),
  kinds: signNames.indexOf('openThings'),
  pulls: signNames.indexOf('pullAway'),
  own: signNames.indexOf('numberMissing'),
  weighed: signNames.indexOf(weighedNames[0]!),
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

function putFactSigns(
  row: number[],
  { heard, weighed, program }: Found,
  { noted, place }: { readonly noted: Noted; readonly place: number },
): void {
  const { intents, facts } = weighed
  const candidate = facts[place]!
  const { fact, chance } = candidate
  const other = facts[place === 0 ? 1 : 0]?.chance ?? LEAST
  let at = columns.fact
  row[at++] = Math.log(Math.max(LEAST, chance))
  row[at++] = Math.log(Math.max(LEAST, chance) / Math.max(LEAST, other))
  row[at++] = place
  row[at++] = Math.log(Math.max(LEAST, chanceOf(intents, fact.asks[0]!)))
  row[at++] = noted.likeliest === null ? 0 : agreement(fact, noted.likeliest)
  row[at] = fact.asks.length
  const factPlace = placeOfFact(fact, program)
  putUnexplained(row, unexplainedBy(noted.asked, factPlace))
  putKinds(row, noted.asked, factPlace)
  putPulls(row, noted.pulls, factPlace)
  putOwn(row, fact, { isNumberWanted: noted.isNumberWanted, isNumbered: hasNumbers(heard.asked) })
  for (let name = 0; name < weighedNames.length; name += 1) row[columns.weighed + name] = candidate.spoke(name)
}

function putUnexplained(row: number[], open: Unexplained): void {
  let at = columns.unexplained
  row[at++] = open.words
  row[at++] = open.weight
  row[at++] = open.most
  row[at++] = open.share
  row[at++] = open.elsewhere
  row[at] = open.nowhere
}

/** @param asked - whether a number is wanted, and whether the question holds one. */
function putOwn(row: number[], fact: Fact, asked: { isNumberWanted: boolean; isNumbered: boolean }): void {
  const isHeld = hasNumber(fact)
  let at = columns.own
  row[at++] = asked.isNumberWanted && !isHeld ? 1 : 0
  row[at++] = (isHeld ? 1 : 0) + (asked.isNumbered ? 2 : 0)
  row[at++] = fact.scope === 'general' ? 1 : 0
  row[at++] = cares[fact.modality] ?? 2
  row[at++] = fact.say.en.length
  row[at] = fact.examples.en.length
}

/** Concepts that want a number. */
export const numberWanted = ['how-long', 'how-many', 'how-much', 'how-often', 'what-time', 'cost']
const cares: Readonly<Record<string, number>> = { always: 0, usually: 1 }

/** 2 where the likeliest topic is the fact's predicate, 1 where it is one of the others that it answers. */
function agreement({ asks }: Fact, topic: string): number {
  const at = asks.indexOf(topic)
  return at === 0 ? 2 : at > 0 ? 1 : 0
}

const kinds = ['thing', 'limit', 'focus', 'asking', 'light']
/** Of each kind the column of those that the fact knows, as far as they are told apart. */
const knownColumns = ['knownThings', 'knownThings', 'knownFocus', 'knownAsking'].map((name) => signNames.indexOf(name))

/** How many things, limits, … are asked with that the fact does not know; then how many it does. */
function putKinds(row: number[], { concepts }: Sensed, place: number): void {
  for (const { kind, knownTo } of concepts) {
    const at = kind === null ? -1 : kinds.indexOf(kind)
    if (at < 0) continue
    const column = knownTo.includes(place) ? knownColumns[at] : columns.kinds + at
    if (column !== undefined) row[column]! += 1
  }
}

/** How far the learned intents of single words lead: the row of each word in the table, and to what no fact speaks of. */
interface Pulls {
  readonly table: IntentTable
  readonly topics: FactTopics
  readonly words: readonly { readonly row: number; readonly unspoken: number }[]
  readonly neverSeen: number
}

function pullsOf({ words }: Sensed, program: Program, table: IntentTable): Pulls {
  const topics = topicsOf(program, table)
  const { isSilent } = topics
  const rows = words.map(({ root }) => placeOf(markOf(root), table.slots)).filter((row) => row >= 0)
  const unspoken = (row: number): number => {
    let most = 0
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1)
      if (isSilent[table.rowTopics[at]!] === 1) most = Math.max(most, table.rowWeights[at]!)
    return most
  }
  return {
    table,
    topics,
    words: rows.map((row) => ({ row, unspoken: unspoken(row) * table.scale })),
    neverSeen: words.length - rows.length,
  }
}

/** Word by word, how far the learned intents lead away from what the fact answers, and to it; words never met. */
function putPulls(row: number[], { table, topics, words, neverSeen }: Pulls, place: number): void {
  let [away, inAll, silent, to] = [0, 0, 0, 0]
  for (const { row: word, unspoken } of words) {
    let [toOwn, toOthers] = [0, 0]
    for (let at = table.starts[word]!; at < table.starts[word + 1]!; at += 1) {
      const weight = table.rowWeights[at]!
      if (weight <= toOwn && weight <= toOthers) continue
      if (isAskedOf(topics, place, table.rowTopics[at]!)) toOwn = Math.max(toOwn, weight)
      else if (weight > toOthers) toOthers = weight
    }
    const mine = toOwn * table.scale
    const others = toOthers * table.scale
    away = Math.max(away, others - mine)
    inAll += Math.max(0, others - mine)
    silent = Math.max(silent, unspoken - mine)
    to = Math.max(to, mine - others)
  }
  let at = columns.pulls
  row[at++] = away
  row[at++] = inAll
  row[at++] = silent
  row[at++] = to
  row[at] = neverSeen
}

/** Whether the fact at a place answers this topic of the table. */
function isAskedOf({ asks, starts }: FactTopics, place: number, topic: number): boolean {
  for (let at = starts[place]!; at < starts[place + 1]!; at += 1) if (asks[at] === topic) return true
  return false
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
