/**
 * Guarding: what is refused, by patterns that somebody foresaw and by what a message is likely about.
 *
 * A pattern that only met two words by chance gives way to a fact that is clearly asked for; where a
 * refusal is merely possible, nothing unsure is said.
 */

import type { Lexicon } from '../reading/lexicon.ts'
import type { Clause } from '../reading/reading.ts'
import type { Part } from '../retrieve.ts'
import { chanceOf } from '../topics/intent.ts'
import { type TopicKind, topicsIn } from '../topics/topics.ts'
import type { Weighed } from '../weighing/weighing.ts'

/** Somebody else's file, a dose, a diagnosis, an attempt to give orders: found anywhere, it wins. */
export function guardedByPattern(clauses: readonly Clause[], words: Lexicon): Part | null {
  const windows = [...clauses.map((clause) => clause.concepts), ...pairs(clauses)]
  for (const kind of ['privacy-refusal', 'refusal'] as const) {
    const hits = windows.flatMap((concepts) =>
      topicsIn(concepts, words).filter(({ topic }) => topic.kind === kind && !isBarred(topic.id, clauses)),
    )
    const heaviest = hits.sort((a, b) => b.score - a.score)[0]
    if (heaviest) return refusal(heaviest.topic.id, kind)
  }
  return clauses.some(asksOfOneByName) ? refusal('someone-elses-file', 'privacy-refusal') : null
}

/** "Is Jamie still in the program?": most names are in no list, but where they stand says what they are. */
function asksOfOneByName({ words, unknown, concepts }: Clause): boolean {
  const at = words.findIndex((word) => turned.has(word))
  const next = words[at + 1]
  return at >= 0 && next !== undefined && unknown.includes(next) && concepts.has('state-of-one')
}

/** Verbs before the one who is asked about. */
const turned = new Set('is was did does has esta estuvo fue vino va sigue asiste'.split(' '))

function pairs(clauses: readonly Clause[]): Set<string>[] {
  return clauses.slice(1).map((clause, at) => new Set([...clauses[at]!.concepts, ...clause.concepts]))
}

function refusal(topic: string, kind: 'refusal' | 'privacy-refusal'): Part {
  return { topic, kind, facts: [], gap: null, certainty: 'sure' }
}

/** So little speaks for a refusal and so much for a fact that a pattern only met two words by chance. */
const HARMLESS_BELOW = 0.1
const ANSWERED_ABOVE = 0.3
const STATED_ABOVE = 0.5
const PLAINLY_STATED_ABOVE = 0.65

export function isHarmless(pattern: Part, { intents, facts }: Weighed, context: Stated): boolean {
  const chance = guardedChance(intents, context)
  // "i coach soccer", "mom asks and I translate": nobody is harmed when an errand is taken for a question.
  if (pattern.topic === 'not-our-errand' && chance < HARMLESS_BELOW) return true
  if (pattern.topic === 'no-promise' && context.clauses.some(({ concepts }) => concepts.has('asks-for-promise')))
    return false
  const stated = context.stated()
  if (chance >= HARMLESS_BELOW * (1 + stated) || stated <= STATED_ABOVE) return false
  return stated > PLAINLY_STATED_ABOVE || (facts[0]?.chance ?? 0) > ANSWERED_ABOVE
}

export interface Stated extends Said {
  /** The chance that the page states what is asked; worked out when somebody asks. */
  readonly stated: () => number
}

interface Said {
  readonly words: Lexicon
  readonly clauses: readonly Clause[]
}

/** "my daughter" answers a question of the script; a sentence or a question is needed to ask for her file. */
export function isFewWords(clauses: readonly Clause[]): boolean {
  const words = clauses.reduce((sum, clause) => sum + clause.words.length, 0)
  return words < 4 && !clauses.some((clause) => clause.asks)
}

/** From this chance on a refusal is what fits, though no pattern foresaw the words; the page may speak against it. */
const GUARDED_FROM = 0.3
const MORE_WHERE_STATED = 0.4

/** From this chance on a refusal is possible. */
const GUARDED_MAYBE_FROM = 0.3

export function mayBeGuarded(intents: Weighed['intents'], said: Said): boolean {
  return guardedChance(intents, said) >= GUARDED_MAYBE_FROM
}

function guardedChance(intents: Weighed['intents'], { words, clauses }: Said): number {
  let total = 0
  for (const kind of refusals)
    for (const topic of topicsOfKind(words, kind)) if (!isBarred(topic, clauses)) total += chanceOf(intents, topic)
  return total
}

const refusals = ['refusal', 'privacy-refusal'] as const

/** What is asked of the program, though it sounds like a request for advice or for a file; and what shows that it is one. */
const bars: readonly { readonly of: readonly string[]; readonly by: string; readonly unless: string }[] = [
  // "Does it help if I have depression?", "how do I know if I have it?"
  { of: ['no-diagnosis'], by: 'if-have-word', unless: 'know-if-have' },
  // "I want to get off pills, can you help?", "how do I get off pills?"
  {
    of: ['no-diagnosis', 'no-dose', 'no-taper', 'no-medical-advice'],
    by: 'asks-help-word',
    unless: 'asks-advice-word',
  },
  // "My son is in treatment elsewhere, can he switch?", "tell me if my son is in treatment".
  { of: ['someone-elses-file'], by: 'asks-for-them-word', unless: 'verify-person' },
  // "Do I have to tell my boss?", "tell my boss".
  { of: ['proof-to-others', 'no-legal-advice'], by: 'own-telling', unless: 'just-tell-word' },
  // "Can the police see this?" asks of the chat, "can they use this against me" of the law.
  { of: ['no-legal-advice'], by: 'see-this-word', unless: 'legal-advice' },
]

function isBarred(topic: string, clauses: readonly Clause[]): boolean {
  const has = (name: string): boolean => clauses.some(({ concepts }) => concepts.has(name))
  return bars.some(({ of, by, unless }) => of.includes(topic) && has(by) && !has(unless))
}

/** Letters alone never make a question one about a person: somebody must be spoken of, or somebody official speak. */
const persons = new Set(
  'other-person outsider verify-person third-party-proof patients-list their-file family loved-one somebody'.split(' '),
)

function speaksOfAPerson(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => clause.ofSomebody || [...clause.concepts].some((name) => persons.has(name)))
}

/** From this chance on it is about a person's file whoever is named: most names are in no list. */
const SURELY_PRIVATE_FROM = 0.6

export function guardedByIntent({ intents }: Weighed, { clauses, words, stated }: Stated): Part | null {
  for (const kind of ['privacy-refusal', 'refusal'] as const) {
    const from = kind === 'refusal' || speaksOfAPerson(clauses) ? GUARDED_FROM : SURELY_PRIVATE_FROM
    let [total, most, likeliest] = [0, 0, '']
    for (const topic of topicsOfKind(words, kind)) {
      const chance = isBarred(topic, clauses) ? 0 : chanceOf(intents, topic)
      total += chance
      if (chance > most) [most, likeliest] = [chance, topic]
    }
    if (total > from && total > from + MORE_WHERE_STATED * stated()) return refusal(likeliest, kind)
  }
  return null
}

const ofKinds = new WeakMap<Lexicon, Map<TopicKind, readonly string[]>>()

/** Looked up once: there are hundreds of topics and a question asks for them several times. */
export function topicsOfKind(words: Lexicon, kind: TopicKind): readonly string[] {
  const kinds = ofKinds.get(words) ?? new Map<TopicKind, readonly string[]>()
  if (kinds.size === 0) ofKinds.set(words, kinds)
  const known = kinds.get(kind) ?? words.topics.filter((topic) => topic.kind === kind).map(({ id }) => id)
  kinds.set(kind, known)
  return known
}
