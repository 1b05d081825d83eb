/**
 * The lexicon: which concepts the words of a message stand for, in both languages at once.
 *
 * It is built from knowledge/words/*.yaml. A concept has a kind: a `thing` or a `limit` asks to be
 * answered on its own (yoga; on Sundays), an `asking` word says what is wanted (how long), a `light`
 * word only tips the scale, and a `filler` is known and means nothing here.
 */
import type { Fact } from '../fact.ts'
import type { KnownPayer } from '../insurers/payers.ts'
import type { Topic } from '../topics/topics.ts'
import { oneSlipApart, plain, rootOf, withoutOne } from './spelling.ts'
import type { Word } from './word.ts'

export type ConceptKind = 'thing' | 'limit' | 'asking' | 'focus' | 'light' | 'filler' | 'guarded'

export interface Concept {
  readonly name: string
  /** `#` and its name: so it stands among words. */
  readonly key: string
  readonly kind: ConceptKind
  readonly weight: number
}

export interface PhraseNode {
  readonly next: Map<string, PhraseNode>
  concepts: Concept[]
}

export interface Lexicon {
  readonly concepts: ReadonlyMap<string, Concept>
  readonly exact: ReadonlyMap<string, readonly Concept[]>
  readonly roots: ReadonlyMap<string, readonly Concept[]>
  readonly prefixes: ReadonlyMap<string, readonly Concept[]>
  /** Words looked up before: a memory of the three maps above, bounded, never of a message. */
  readonly seen: Map<string, readonly Concept[]>
  /** Such words with all that is asked of them, kept in the same way (`word.ts`). */
  readonly wordsKept: Map<string, Word>
  /** The other words and the slips of the message that is being read; forgotten before the next one. */
  readonly wordsOfMessage: Map<string, Word>
  readonly mended: Map<string, string>
  readonly phrases: PhraseNode
  /** Roots of all words that stand in a phrase: a slip in one of them is mended too. */
  readonly phraseWords: ReadonlySet<string>
  readonly nearby: ReadonlyMap<string, readonly string[]>
  readonly rewrites: ReadonlyMap<string, readonly string[]>
  readonly topics: readonly Topic[]
  readonly voice: Readonly<Record<string, { readonly en: string; readonly es: string }>>
  /** What a topic is called in a sentence, by its id. */
  readonly names: Readonly<Record<string, { readonly en: string; readonly es: string }>>
  readonly payerAliases: readonly { readonly known: KnownPayer; readonly alias: readonly string[] }[]
  /** What may be said about the assistant itself, the same for every program. */
  readonly assistantFacts: ReadonlyMap<string, readonly Fact[]>
  /** Words that only one of the two languages has. */
  readonly tongues: { readonly en: ReadonlySet<string>; readonly es: ReadonlySet<string> }
}

const weights: Record<ConceptKind, number> = {
  thing: 3,
  limit: 3,
  asking: 2,
  focus: 2,
  light: 1,
  filler: 0,
  guarded: 2,
}

export interface WordTables {
  readonly concepts: readonly { readonly kind: ConceptKind; readonly name: string; readonly words: string }[]
  readonly rewrites: Readonly<Record<string, string>>
}

type Built = Pick<
  Lexicon,
  | 'concepts'
  | 'exact'
  | 'roots'
  | 'prefixes'
  | 'phrases'
  | 'nearby'
  | 'rewrites'
  | 'phraseWords'
  | 'seen'
  | 'wordsKept'
  | 'wordsOfMessage'
  | 'mended'
>

export function buildWords(tables: WordTables): Built {
  const concepts = new Map<string, Concept>()
  const exact = new Map<string, Concept[]>()
  const roots = new Map<string, Concept[]>()
  const prefixes = new Map<string, Concept[]>()
  const phrases: PhraseNode = { next: new Map(), concepts: [] }
  const phraseWords = new Set<string>()
  const spelled = new Set<string>()
  for (const { kind, name, words } of tables.concepts) {
    const concept = concepts.get(name) ?? { name, key: `#${name}`, kind, weight: weights[kind] }
    concepts.set(name, concept)
    for (const entry of words.split(',').map((word) => plain(word).trim().replaceAll(/[-/]/g, ' '))) {
      if (entry === '') continue
      if (entry.includes(' ')) {
        const parts = entry.replaceAll('*', '').split(/ +/)
        addPhrase(phrases, parts, concept)
        for (const part of parts) {
          phraseWords.add(rootOf(part))
          spelled.add(part)
        }
      } else if (entry.endsWith('*')) push(prefixes, entry.slice(0, -1), concept)
      else if (entry.startsWith('=') || kind === 'guarded') push(exact, entry.replace('=', ''), concept)
      else {
        push(exact, entry, concept)
        push(roots, rootOf(entry), concept)
      }
    }
  }
  const rewrites = new Map(Object.entries(tables.rewrites).map(([from, to]) => [plain(from), plain(to).split(' ')]))
  const nearby = nearbyOf([...new Set([...exact.keys(), ...spelled])])
  const memory = { seen: new Map(), wordsKept: new Map(), wordsOfMessage: new Map(), mended: new Map() }
  return { ...memory, concepts, exact, roots, prefixes, phrases, phraseWords, nearby, rewrites }
}

/** The concepts of one word; a word unknown in every form is read as the one it is a slip away from. */
export function conceptsOf(lexicon: Built, word: string): readonly Concept[] | null {
  return directly(lexicon, word) ?? directly(lexicon, corrected(lexicon, word))
}

/** Every list that holds the word, as it is, by its root or by its beginning. */
export function directly(lexicon: Built, word: string): readonly Concept[] | null {
  const known = lexicon.seen.get(word)
  if (known !== undefined) return known
  const found = new Set<Concept>([...(lexicon.exact.get(word) ?? []), ...(lexicon.roots.get(rootOf(word)) ?? [])])
  for (let end = word.length; end >= 3; end -= 1) {
    for (const concept of lexicon.prefixes.get(word.slice(0, end)) ?? []) found.add(concept)
  }
  const concepts = found.size === 0 ? null : [...found]
  // Only words that the lists know are remembered: a visitor's own words never stay here.
  if (concepts && lexicon.seen.size < 20_000) lexicon.seen.set(word, concepts)
  return concepts
}

/** The known word one slip away, if there is one with the same first letter; else the word itself. */
export function corrected(lexicon: Built, word: string): string {
  if (word.length < 5 || word.length > 24 || /\d/.test(word)) return word
  const known = lexicon.mended.get(word)
  if (known !== undefined) return known
  if (directly(lexicon, word) || lexicon.phraseWords.has(rootOf(word))) return word
  const nearest = nearestTo(lexicon, word)
  lexicon.mended.set(word, nearest)
  return nearest
}

function nearestTo(lexicon: Built, word: string): string {
  let best = ''
  for (const shorter of withoutOne(word)) {
    for (const known of lexicon.nearby.get(shorter) ?? []) {
      if (known.length < 4 || (word.length < 7 && known[0] !== word[0]) || !oneSlipApart(word, known)) continue
      if (best === '' || closer(known, best, word)) best = known
    }
  }
  return best === '' ? word : best
}

function closer(a: string, b: string, word: string): boolean {
  const score = (one: string): number =>
    (one[0] === word[0] ? 4 : 0) + (one.at(-1) === word.at(-1) ? 2 : 0) + (one.length === word.length ? 1 : 0)
  return score(a) > score(b)
}

function addPhrase(root: PhraseNode, words: readonly string[], concept: Concept): void {
  let node = root
  for (const word of words) {
    const key = rootOf(word)
    let next = node.next.get(key)
    if (!next) {
      next = { next: new Map(), concepts: [] }
      node.next.set(key, next)
    }
    node = next
  }
  if (!node.concepts.includes(concept)) node.concepts.push(concept)
}

function push(map: Map<string, Concept[]>, key: string, concept: Concept): void {
  const list = map.get(key)
  if (!list) map.set(key, [concept])
  else if (!list.includes(concept)) list.push(concept)
}

function nearbyOf(words: readonly string[]): Map<string, string[]> {
  const nearby = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < 4 || /\d/.test(word)) continue
    for (const shorter of withoutOne(word)) {
      const list = nearby.get(shorter)
      if (list) list.push(word)
      else nearby.set(shorter, [word])
    }
  }
  return nearby
}
