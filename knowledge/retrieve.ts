/**
 * Retrieval: what a message asks of a program, part by part, and the facts that state it.
 *
 * A fact is chosen because it states what was asked (its topic), never because it shares a word. A
 * limit in the question ("on Sundays", "for my son of 15") that no fact speaks of makes the whole
 * part unknown, however well the rest of it is known.
 */

import { choose } from './choosing.ts'
import type { Fact, Gap } from './fact.ts'
import type { Lexicon } from './lexicon.ts'
import type { Program } from './program.ts'
import type { Clause, Reading } from './reading.ts'
import { resembling } from './resemblance.ts'
import { type TopicHit, topicsIn } from './topics.ts'

export interface Part {
  readonly topic: string
  readonly kind: 'facts' | 'gap' | 'refusal' | 'privacy-refusal' | 'payer' | 'assistant'
  readonly facts: readonly Fact[]
  readonly gap: Gap | null
}

export interface Asked {
  readonly parts: readonly Part[]
  /** False when nothing in the message asks anything. */
  readonly isQuestion: boolean
}

interface Background {
  readonly reading: Reading
  readonly program: Program
  /** Concepts of the visitor's last messages, for afterthoughts. */
  readonly earlier: ReadonlySet<string>
}

/** @param earlier - concepts of what the visitor wrote before, empty in a fresh conversation. */
export function retrieve(reading: Reading, program: Program, earlier: ReadonlySet<string>): Asked {
  const background = { reading, program, earlier }
  const guarded = guardedPart(background)
  if (guarded) return { parts: [guarded], isQuestion: true }
  const asking = reading.clauses.filter((clause) => clause.asks)
  const clauses = asking.length > 0 ? asking : toldTo(reading, program.words) ? [whole(reading)] : []
  const parts = clauses.flatMap((clause) => partsOf(clause, background))
  return { parts: distinct(parts), isQuestion: clauses.length > 0 }
}

/** Somebody else's file, a dose, a diagnosis, an attempt to give orders: found anywhere, it wins. */
function guardedPart({ reading, program }: Background): Part | null {
  const windows = [...reading.clauses.map((clause) => clause.concepts), ...pairs(reading.clauses)]
  for (const kind of ['privacy-refusal', 'refusal'] as const) {
    const hits = windows.flatMap((concepts) =>
      topicsIn(concepts, program.words).filter(({ topic }) => topic.kind === kind),
    )
    const heaviest = hits.sort((a, b) => b.score - a.score)[0]
    if (heaviest) return { topic: heaviest.topic.id, kind, facts: [], gap: null }
  }
  return null
}

function pairs(clauses: readonly Clause[]): Set<string>[] {
  return clauses.slice(1).map((clause, at) => union([clauses[at]!.concepts, clause.concepts]))
}

function union(sets: Iterable<ReadonlySet<string>>): Set<string> {
  const all = new Set<string>()
  for (const set of sets) for (const name of set) all.add(name)
  return all
}

/** Words to the program without a question's form ("need info on your family groups") ask as well. */
function toldTo(reading: Reading, words: Lexicon): boolean {
  const all = whole(reading)
  const score = topicsIn(all.concepts, words)[0]?.score ?? 0
  const addressed = all.concepts.has('you') || all.concepts.has('wish')
  return all.words.length >= 3 && score >= (addressed ? 3 : 6)
}

function whole(reading: Reading): Clause {
  const first = reading.clauses[0]!
  return {
    ...first,
    concepts: union(reading.clauses.map((clause) => clause.concepts)),
    words: reading.clauses.flatMap((clause) => clause.words),
    unknown: reading.clauses.flatMap((clause) => clause.unknown),
  }
}

function partsOf(clause: Clause, background: Background): Part[] {
  const { program } = background
  const alone = topicsIn(clause.concepts, program.words)
  const merged = inContext(clause, alone, background)
  const { present, hits } = merged ?? { present: clause.concepts, hits: alone }
  const choice = choose({ clause, present, hits, merged: merged !== null }, program)
  switch (choice.type) {
    case 'topics':
      return choice.hits.map((hit) => stated(hit, program))
    case 'gap':
      return [gapPart(choice.topic, program, choice.plainly)]
    case 'same-words':
      return [bySameWords(clause, program, choice.topic)]
  }
}

/** From here on a clause says by itself what it asks: its "it" is the program. */
const PLAIN = 3.5

/** The same clause with what stands around it, when alone it points elsewhere or asks nothing known. */
function inContext(
  clause: Clause,
  alone: readonly TopicHit[],
  background: Background,
): { present: Set<string>; hits: readonly TopicHit[] } | null {
  const { reading, program, earlier } = background
  const at = reading.clauses.indexOf(clause)
  const near =
    at < 0 ? [] : reading.clauses.slice(Math.max(0, at - 3), at + 2).filter((one) => one === clause || !one.asks)
  const weak = (alone[0]?.score ?? 0) < 3
  const tries: Set<string>[] = []
  if (near.length > 1 && (weak || clause.pointsBack || clause.ofSomebody))
    tries.push(union(near.map((one) => one.concepts)))
  const pointsBack = clause.pointsBack && (alone[0]?.score ?? 0) < PLAIN
  if (earlier.size > 0 && (clause.followsOn || pointsBack || weak)) tries.push(union([clause.concepts, earlier]))
  for (const present of tries) {
    const hits = topicsIn(present, program.words)
    if ((hits[0]?.score ?? 0) > (alone[0]?.score ?? 0)) return { present, hits }
  }
  return tries.length === 0 && near.length > 1 ? muchClearer(near, alone, program) : null
}

/** "I am on Medicare. What part do I pay?": what was told before makes the question a much clearer one. */
function muchClearer(
  near: readonly Clause[],
  alone: readonly TopicHit[],
  program: Program,
): { present: Set<string>; hits: readonly TopicHit[] } | null {
  const present = union(near.map((one) => one.concepts))
  const hits = topicsIn(present, program.words)
  const [top] = hits
  const isClearer = top !== undefined && top.score >= (alone[0]?.score ?? 0) + MUCH
  return isClearer && program.factsByTopic.has(top.topic.id) ? { present, hits } : null
}
const MUCH = 3

function stated(hit: TopicHit, program: Program): Part {
  const { id, kind } = hit.topic
  if (kind === 'refusal' || kind === 'privacy-refusal' || kind === 'payer') {
    return { topic: id, kind, facts: [], gap: null }
  }
  if (kind === 'assistant') return { topic: id, kind, facts: program.words.assistantFacts.get(id) ?? [], gap: null }
  const facts = program.factsByTopic.get(id) ?? []
  return facts.length > 0 ? { topic: id, kind: 'facts', facts, gap: null } : gapPart(id, program)
}

/** The last resort: a fact in whose words the clause is put, unless it asks who, when or how many. */
function bySameWords(clause: Clause | null, program: Program, topic: string): Part {
  const fact = clause && resembling(clause, program)
  return fact ? { topic, kind: 'facts', facts: [fact], gap: null } : gapPart(topic, program, true)
}

function gapPart(topic: string, program: Program, plainly = false): Part {
  return { topic, kind: 'gap', facts: [], gap: plainly ? null : (program.gapsByTopic.get(topic) ?? null) }
}

function distinct(parts: readonly Part[]): Part[] {
  const seen = new Set<string>()
  return parts.filter((part) => {
    const key = `${part.kind} ${part.topic}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
