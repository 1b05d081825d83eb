/**
 * Stated: the chance that the page says what was asked at all, and not only something beside it.
 *
 * Weighing finds which fact stands nearest; a near fact shares words and topic with a question that no
 * fact answers ("what is the rent at the sober house"). So what was found is looked at once more: how
 * far ahead the first fact is, whether a thing was named that it does not speak of, a number wanted that it
 * does not hold, how much of the message points to topics on which the page is silent. The weights are fitted on questions that the
 * tables had not seen and stand by name in the generated file.
 */
import { stated } from './evidence.generated.ts'
import { likeliest } from './intent.ts'
import type { Program } from './program.ts'
import { conceptsIn } from './reading.ts'
import type { Heard, Weighed } from './weighing.ts'

export const signNames = [
  ...['always', 'none', 'first', 'ahead', 'words', 'unknown', 'clauses', 'number', 'likeExample', 'intent'],
  ...['silentThing', 'silentTopic', 'silentIntent', 'silentPattern', 'knownTopic'],
  ...[
    'sharedAsked',
    'sharedWhole',
    'pattern',
    'thing',
    'intentAsked',
    'intentAnywhere',
    'confident',
    'agrees',
    'numberMissing',
    'nameMissing',
    'asking',
    'second',
    'lost',
  ],
] as const
export type Signs = Readonly<Record<(typeof signNames)[number], number>>

const LEAST = 1e-5
const WORDS_AT_MOST = 30
const TOPICS = 3

export function signsOf({ clauses, asked }: Heard, weighed: Weighed, program: Program): Signs {
  const { facts, none, intents, first, silent } = weighed
  const concepts = conceptsIn(asked)
  const things = [...concepts].filter((name) => isThing(name, program) && !facts[0]?.fact.asks.includes(name))
  const likely = likeliest(intents, TOPICS)
  const ahead = (facts[0]?.chance ?? LEAST) / Math.max(LEAST, facts[1]?.chance ?? LEAST)
  return {
    always: 1,
    none: logOdds(none),
    first: Math.log(Math.max(LEAST, facts[0]?.chance ?? 0)),
    ahead: Math.log(ahead),
    words: Math.min(WORDS_AT_MOST, wordsIn(asked)) / 10,
    unknown: asked.reduce((sum, clause) => sum + clause.unknown.length, 0),
    clauses: clauses.length,
    number: asked.some((clause) => clause.numbers.length > 0) ? 1 : 0,
    likeExample: first.likeExample ?? 0,
    intent: first.intentWhole ?? Math.log(LEAST),
    silentThing: things.length,
    silentTopic: likely.find(([topic]) => !program.factsByTopic.has(topic))?.[1] ?? 0,
    silentIntent: silent.noneIntent ?? 0,
    silentPattern: silent.nonePattern ?? 0,
    knownTopic: likely[0] && program.factsByTopic.has(likely[0][0]) ? 1 : 0,
    sharedAsked: first.sharedAsked ?? 0,
    sharedWhole: first.sharedWhole ?? 0,
    pattern: first.pattern ?? 0,
    thing: first.thing ?? 0,
    intentAsked: first.intentAsked ?? 0,
    intentAnywhere: first.intentAnywhere ?? 0,
    confident: Math.log(Math.max(LEAST, likely[0]?.[1] ?? 0)),
    agrees: likely[0] && facts[0]?.fact.asks.includes(likely[0][0]) ? 1 : 0,
    numberMissing: wants(asked, numberWanted) && !/\d/.test(facts[0]?.fact.say.en ?? '') ? 1 : 0,
    nameMissing: wants(asked, nameWanted) ? 1 : 0,
    asking: asked.filter((clause) => clause.asks).length,
    second: facts[1]?.chance ?? 0,
    lost: clauses.length - asked.length,
  }
}

/** Concepts that want a number, and those that want a name or a place. */
const numberWanted = ['how-many', 'how-much', 'how-long', 'what-time', 'cost', 'when']
const nameWanted = ['who', 'name-of', 'which-one', 'where']
function wants(asked: Heard['asked'], names: readonly string[]): boolean {
  return asked.some((clause) => names.some((name) => clause.concepts.has(name)))
}

function wordsIn(clauses: Heard['asked']): number {
  return clauses.reduce((sum, clause) => sum + clause.words.length, 0)
}

/** From 0 to 1. */
export function chanceStated(heard: Heard, weighed: Weighed, program: Program): number {
  if (weighed.facts.length === 0) return 0
  const signs = signsOf(heard, weighed, program)
  const score = signNames.reduce((sum, name) => sum + signs[name] * (stated[name] ?? 0), 0)
  return 1 / (1 + Math.exp(-score))
}

function isThing(name: string, { words }: Program): boolean {
  const kind = words.concepts.get(name)?.kind
  return kind === 'thing' || kind === 'limit'
}

function logOdds(chance: number): number {
  const within = Math.min(1 - LEAST, Math.max(LEAST, chance))
  return Math.log(within / (1 - within))
}
