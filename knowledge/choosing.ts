/**
 * Choosing: which of the topics that a clause may mean it does mean, and when none is sure enough.
 *
 * Most of it is about not answering: a limit no fact speaks of, a "who" beside a fact that says
 * "what", too much of the clause left over. Each of these rules holds back more wrong answers than
 * right ones on the questions it was measured on.
 */
import type { Lexicon } from './lexicon.ts'
import type { Program } from './program.ts'
import type { Clause } from './reading.ts'
import type { TopicHit } from './topics.ts'

export type Choice =
  | { readonly type: 'topics'; readonly hits: readonly TopicHit[] }
  | { readonly type: 'gap'; readonly topic: string; readonly plainly: boolean }
  | { readonly type: 'same-words'; readonly topic: string }

export interface Candidates {
  readonly clause: Clause
  readonly present: ReadonlySet<string>
  /** Best first. */
  readonly hits: readonly TopicHit[]
  /** The clause was read together with what stands around it. */
  readonly merged: boolean
}

export function choose({ clause, present, hits, merged }: Candidates, program: Program): Choice {
  const { words } = program
  const leads = clause.lead.filter((name) => guardedLeads.has(name) && present.has(name))
  const open = leads.every((name) => name === 'why')
  const best = strongest(hits, program, clause.lead)
  if (!best) return open ? { type: 'same-words', topic: 'unknown' } : { type: 'gap', topic: 'unknown', plainly: true }
  const topic = best.topic.id
  const limit = hits.find(
    (hit) => hit.topic !== best.topic && limitsOf(hit, words).some((name) => !best.used.has(name)),
  )
  if (limit && !subset(best.used, limit.used)) return { type: 'topics', hits: [limit] }
  if (best.topic.kind === 'program') {
    if (leads.length > 0 && !leads.some((name) => best.used.has(name))) return { type: 'gap', topic, plainly: true }
    if (narrowed(best, present, words))
      return { type: 'gap', topic: present.has('cost') ? 'price' : topic, plainly: !present.has('cost') }
    const silent = silentOn(best, program)
    // A topic that was surely meant and is unknown stays unknown, whatever words it shares.
    if (silent && (best.score >= 4 || !open)) return { type: 'gap', topic, plainly: true }
    if (silent || (!merged && doubtful(best, clause, program)))
      return open ? { type: 'same-words', topic } : { type: 'gap', topic, plainly: true }
  }
  const parallel = hits
    .slice(1)
    .filter((hit) => isThing(hit, words) && disjoint(hit.used, best.used) && clause.concepts.has('also'))
  return { type: 'topics', hits: [best, ...parallel] }
}

/** What is asked of a thing, and is no part of what the topic speaks of: its price, its cover, its first day. */
function narrowed(hit: TopicHit, present: ReadonlySet<string>, words: Lexicon): boolean {
  const unsaid = (name: string): boolean => present.has(name) && !hit.used.has(name)
  if (unsaid('day-one') && !/first|bring|wear|meet/.test(hit.topic.id)) return true
  return isThing(hit, words) && !aboutMoney.test(hit.topic.id) && (unsaid('cost') || unsaid('insurance'))
}

/** Topics in which money is what is spoken of; beside any other thing, "cost" asks for its price. */
const aboutMoney =
  /pay|insur|medic(are|aid)|scholar|slid|copay|pocket|bill|deduct|benefit|free|consult|cost|preauth|claims|cap$|network|uninsured|price|refund|hsa/

/** Leads that a fact must speak to: "who runs the group" is not answered by "there is a group". */
const guardedLeads = new Set([
  'who',
  'when',
  'where',
  'how-many',
  'how-much',
  'how-long',
  'how-often',
  'what-time',
  'why',
  'name-of',
])

/** Things and limits speak louder than general words; among equals, what the page speaks of. */
function strongest(hits: readonly TopicHit[], program: Program, lead: readonly string[]): TopicHit | undefined {
  const top = hits[0]
  if (!top) return undefined
  const thing = hits.find((hit) => isThing(hit, program.words))
  const overThing =
    !program.factsByTopic.has(top.topic.id) &&
    top.topic.kind === 'program' &&
    thing !== undefined &&
    top.score > thing.score
  if (thing && !isThing(top, program.words) && top.score < CERTAIN && !overThing && !subset(thing.used, top.used))
    return thing
  const equals = hits.filter(
    (hit) => hit.score === top.score && isThing(hit, program.words) === isThing(top, program.words),
  )
  const stated = silentOn(top, program) ? hits.find((hit) => isNearAndStated(hit, top, program)) : undefined
  if (stated) return stated
  const toLead = equals.find((hit) => lead.some((name) => guardedLeads.has(name) && hit.used.has(name)))
  return toLead ?? equals.find((hit) => program.factsByTopic.has(hit.topic.id)) ?? top
}

/** Nearly as heavy as a topic on which nothing stands, and something stands on it. */
function isNearAndStated(hit: TopicHit, top: TopicHit, program: Program): boolean {
  return program.factsByTopic.has(hit.topic.id) && hit.score >= top.score - NEAR && isThing(hit, program.words)
}
const NEAR = 1.5

/** A pattern this heavy is meant, whatever things are named beside it. */
const CERTAIN = 6

function limitsOf(hit: TopicHit, words: Lexicon): string[] {
  return [...hit.used].filter((name) => words.concepts.get(name)?.kind === 'limit')
}

function isLimit(hit: TopicHit, words: Lexicon): boolean {
  return [...hit.used].some((name) => words.concepts.get(name)?.kind === 'limit')
}

function isThing(hit: TopicHit, words: Lexicon): boolean {
  return [...hit.used].some((name) => words.concepts.get(name)?.kind === 'thing') || isLimit(hit, words)
}

function subset(small: ReadonlySet<string>, big: ReadonlySet<string>): boolean {
  return [...small].every((name) => big.has(name))
}

/** A general topic on which the program has neither a fact nor a gap written down. */
function silentOn(hit: TopicHit, program: Program): boolean {
  const { id } = hit.topic
  return !isThing(hit, program.words) && !program.factsByTopic.has(id) && !program.gapsByTopic.has(id)
}

/** Too much of the clause is left over: it shares words with the topic and asks something else. */
function doubtful(hit: TopicHit, clause: Clause, program: Program): boolean {
  const share = explains(hit, clause, program)
  return share < LEAST_EXPLAINED || (hit.score < 3 && share < LEAST_OF_A_FAINT_ONE)
}

// Measured on some nine hundred questions: below these shares more answers are wrong than right.
const LEAST_EXPLAINED = 0.4
const LEAST_OF_A_FAINT_ONE = 0.55

/** Where everything here happens: named beside any question, so hardly a limit of it. */
const settings = new Set(['session', 'program'])

/** How much of what a clause says the topic and its facts speak of, 0 to 1. */
export function explains(hit: TopicHit, clause: Clause, program: Program): number {
  const facts = program.factsByTopic.get(hit.topic.id) ?? []
  const stated = new Set([...hit.used, ...facts.flatMap((fact) => fact.asks)])
  let said = 0
  let known = 0
  for (const { names, weight } of clause.content) {
    const explained = names.some((name) => stated.has(name))
    // A word that can be a mere filler counts when it helps and not when it does not.
    const isSetting = names.some((name) => settings.has(name))
    said += explained ? Math.max(weight, 1) : isSetting ? Math.min(weight, 1) : weight
    if (explained) known += Math.max(weight, 1)
  }
  return said === 0 ? 1 : known / said
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return ![...a].some((name) => b.has(name))
}
