/**
 * Signs: what is noticed of one fact beside one question, to tell whether the fact states what was asked.
 *
 * A near miss shares words and topic with a fact and asks for something else of it: its price, its day, who runs
 * it. So beside how near the fact stands, the signs tell what of the question it leaves unexplained, and how far
 * single words lead to topics that it does not answer.
 */
import type { Fact } from './fact.ts'
import { type Chances, chanceOf, likeliest, placeOf } from './intent.ts'
import { markOf } from './marks.ts'
import type { Program } from './program.ts'
import { type Clause, conceptsIn } from './reading.ts'
import { hasNumber, type Unexplained, unexplainedBy, wordsIn } from './senses.ts'
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
  const { heard, weighed, program } = found
  const question = questionSigns(heard, weighed, program)
  return weighed.facts.slice(0, most).map((_, place) => [...question, ...factSigns(found, place)])
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

function factSigns({ heard: { asked }, weighed, program }: Found, place: number): number[] {
  const { fact, chance, speaks } = weighed.facts[place]!
  const { intents, facts } = weighed
  const [best] = likeliest(intents, 1)
  const other = facts[place === 0 ? 1 : 0]?.chance ?? LEAST
  const open = unexplainedBy(asked, fact, program)
  return [
    Math.log(Math.max(LEAST, chance)),
    Math.log(Math.max(LEAST, chance) / Math.max(LEAST, other)),
    place,
    Math.log(Math.max(LEAST, chanceOf(intents, fact.asks[0]!))),
    best ? agreement(fact, best[0]) : 0,
    fact.asks.length,
    ...[open.words, open.weight, open.most, open.share, open.elsewhere, open.nowhere],
    ...kindsIn(open, program),
    ...pulls(asked, intents, { fact, program }),
    ...ownSigns(fact, asked, open),
    ...weighedNames.map((name) => speaks[name] ?? 0),
  ]
}

function ownSigns(fact: Fact, asked: readonly Clause[], { concepts }: Unexplained): number[] {
  const isHeld = hasNumber(fact)
  const isWanted = numberWanted.some((name) => concepts.has(name))
  return [
    isWanted && !isHeld ? 1 : 0,
    (isHeld ? 1 : 0) + (hasNumbers(asked) ? 2 : 0),
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
function kindsIn({ concepts }: Unexplained, { words }: Program): number[] {
  const open = [0, 0, 0, 0, 0]
  const known = [0, 0, 0, 0, 0]
  for (const [name, isKnown] of concepts) {
    const kind = kinds.indexOf(words.concepts.get(name)?.kind ?? '')
    if (kind >= 0) (isKnown ? known : open)[kind]! += 1
  }
  return [...open, known[0]! + known[1]!, known[2]!, known[3]!]
}

interface Beside {
  readonly fact: Fact
  readonly program: Program
}

/** Word by word, how far the learned intents lead away from what the fact answers, and to it; words never met. */
function pulls(asked: readonly Clause[], { table }: Chances, { fact, program }: Beside): number[] {
  const own = fact.asks.map((topic) => table.indexes.get(topic))
  let [away, inAll, silent, to, neverSeen] = [0, 0, 0, 0, 0]
  for (const { root } of wordsIn(asked)) {
    const row = placeOf(markOf(root), table.slots)
    if (row < 0) {
      neverSeen += 1
      continue
    }
    let [mine, others, unspoken] = [0, 0, 0]
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1) {
      const weight = table.rowWeights[at]! * table.scale
      const topic = table.rowTopics[at]!
      if (own.includes(topic)) mine = Math.max(mine, weight)
      else if (weight > others) others = weight
      if (weight > unspoken && !program.factsByTopic.has(table.topics[topic]!)) unspoken = weight
    }
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
