/**
 * Reading: a message as clauses of concepts, with what kind of sentence each one is.
 *
 * People tell a story and then ask, or ask three things in one breath. A clause is the unit that is
 * answered; the others are its background.
 */
import { speaksOfHim } from './he-or-the.ts'
import { type Concept, conceptsOf, type Lexicon, phraseRoot } from './lexicon.ts'
import { plain, unstretch } from './spelling.ts'

export interface Clause {
  readonly concepts: ReadonlySet<string>
  /** Words of substance that no list knows. */
  readonly unknown: readonly string[]
  readonly words: readonly string[]
  /** The words that carry meaning, each with what it may stand for and how much it weighs. */
  readonly content: readonly Content[]
  readonly numbers: readonly number[]
  /** Ends with a question mark, or is built like a question or a wish to know. */
  readonly asks: boolean
  /** Points back: "that", "it", "eso". */
  readonly pointsBack: boolean
  /** Speaks of somebody named earlier: "he", "ella". */
  readonly ofSomebody: boolean
  /** What kind of thing is asked for, when the clause opens with it: who, when, how many. */
  readonly lead: readonly string[]
  /** Opens like an afterthought: "and …", "what about …", "¿y …". */
  readonly followsOn: boolean
  /** What stands before and after an "and" within it ("how many days and can I work"); none when it has one idea. */
  readonly segments: readonly Clause[]
}

export interface Content {
  readonly names: readonly string[]
  readonly weight: number
}

export interface Reading {
  readonly clauses: readonly Clause[]
  readonly tongue: 'en' | 'es' | null
}

interface Token {
  readonly word: string
  readonly pause: '' | ',' | '.' | '?'
}

/** Of a longer message the beginning and the end are read, where questions stand; time stays bounded. */
const MOST_AT_EACH_END = 800

export function readMessage(text: string, lexicon: Lexicon): Reading {
  lexicon.mended.clear()
  const tokens = tokensOf(text, lexicon)
  const clauses = split(tokens, lexicon).map((part) => clauseOf(part, lexicon, true))
  return { clauses: clauses.filter((clause) => clause.words.length > 0), tongue: tongueOf(tokens, lexicon) }
}

function tokensOf(text: string, lexicon: Lexicon): Token[] {
  const bare = plain(text.replace(/<[^>]{0,300}>/g, ' . ').replace(/&[a-z]{2,6};/gi, ' '))
  const marks = bare.replace(/(\d)[,.](\d)/g, '$1$2').match(/[a-z0-9$]+|[.?!;:\n,¿¡()—–]/g) ?? []
  const tokens: Token[] = []
  const ends =
    marks.length > 2 * MOST_AT_EACH_END
      ? [...marks.slice(0, MOST_AT_EACH_END), ...marks.slice(-MOST_AT_EACH_END)]
      : marks
  for (const mark of ends) {
    if (/^[a-z0-9$]/.test(mark)) {
      const word = mark.length > 40 ? mark.slice(0, 40) : unstretch(mark)
      for (const one of lexicon.rewrites.get(word) ?? [word]) tokens.push({ word: one, pause: '' })
      continue
    }
    const last = tokens.at(-1)
    if (last) tokens[tokens.length - 1] = { word: last.word, pause: stronger(last.pause, mark) }
  }
  return tokens
}

function stronger(pause: Token['pause'], mark: string): Token['pause'] {
  if (pause === '?' || mark === '?') return '?'
  if (/[.!;\n¿¡]/.test(mark) || pause === '.') return '.'
  return ','
}

function isA(lexicon: Lexicon, word: string | undefined, name: string): boolean {
  const concepts = word === undefined ? undefined : lexicon.exact.get(word)
  if (concepts !== undefined) for (const concept of concepts) if (concept.name === name) return true
  return false
}

/** True where a question begins: "how", "do you", "puedo". */
function opens(tokens: readonly Token[], at: number, lexicon: Lexicon): boolean {
  const word = tokens[at]?.word
  if (isA(lexicon, word, 'opener-wh') || isA(lexicon, word, 'opener-verb')) return true
  return isA(lexicon, word, 'opener-aux') && isA(lexicon, tokens[at + 1]?.word, 'pronoun')
}

function split(tokens: readonly Token[], lexicon: Lexicon): Token[][] {
  const parts: Token[][] = []
  let part: Token[] = []
  tokens.forEach((token, at) => {
    part.push(token)
    const next = tokens[at + 1]
    if (!next) return
    const joined = isA(lexicon, next.word, 'joiner') && opens(tokens, at + 2, lexicon)
    const comma =
      token.pause === ',' &&
      (opens(tokens, at + 1, lexicon) ||
        isA(lexicon, next.word, 'opener-first') ||
        (part.length > 2 && tokens.length - at > 3))
    if (token.pause === '.' || token.pause === '?' || joined || comma) {
      parts.push(part)
      part = []
    }
  })
  if (part.length > 0) parts.push(part)
  return parts
}

/** Tokens on each side of an "and" so that it joins two ideas, not two nouns. */
const SEGMENT_AT_LEAST = 2

function segmentsOf(tokens: readonly Token[], lexicon: Lexicon): Clause[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    const part = parts.at(-1)!
    if (isA(lexicon, token.word, 'joiner') && part.length >= SEGMENT_AT_LEAST) parts.push([])
    else part.push(token)
    if (token.pause !== '' && part.length >= SEGMENT_AT_LEAST) parts.push([])
  }
  const whole = parts.filter((part) => part.length >= SEGMENT_AT_LEAST)
  return whole.length < 2 ? [] : whole.map((part) => clauseOf(part, lexicon, false))
}

function clauseOf(tokens: readonly Token[], lexicon: Lexicon, isWhole = true): Clause {
  const words = tokens.map((token) => token.word)
  const concepts = new Set<string>()
  const unknown: string[] = []
  const lead: string[] = []
  const places: (readonly Concept[])[] = words.map(() => [])
  const leadEnd = 2 + words.findIndex((word) => !isA(lexicon, word, 'lead-in') && !isA(lexicon, word, 'joiner'))
  for (let at = 0; at < words.length; ) {
    const found = conceptsAt(words, at, lexicon)
    for (const concept of found?.concepts ?? []) {
      concepts.add(concept.name)
    }
    for (const [from, length, list] of found?.spans ?? []) {
      for (let index = from; index < from + length; index += 1) places[index] = [...places[index]!, ...list]
    }
    if (at <= leadEnd) lead.push(...(found?.leads ?? []))
    if (!found && words[at]!.length > 3 && !/^\d+$/.test(words[at]!)) unknown.push(words[at]!)
    if (/^\d{1,2}(am|pm|hrs)$/.test(words[at]!)) concepts.add('clock-time')
    if (/^\d+(mg|mgs|mcg)$/.test(words[at]!)) concepts.add('dose')
    at += found?.length ?? 1
  }
  const isOfHim = speaksOfHim(words)
  if (isOfHim) concepts.add('somebody')
  return {
    concepts,
    unknown,
    words,
    content: contentOf(words, places),
    numbers: words.filter((word) => /^\d{1,6}$/.test(word)).map(Number),
    asks: tokens.at(-1)?.pause === '?' || concepts.has('request') || isBuiltAsQuestion(tokens, lexicon),
    pointsBack: words.some((word) => isA(lexicon, word, 'points-back')),
    ofSomebody: isOfHim || words.some((word) => isA(lexicon, word, 'somebody')),
    lead,
    followsOn: concepts.has('what-about') || isA(lexicon, words[0], 'joiner'),
    segments: isWhole ? segmentsOf(tokens, lexicon) : [],
  }
}

/** A question word counts at the start, a turned verb ("can I") anywhere. */
function isBuiltAsQuestion(tokens: readonly Token[], lexicon: Lexicon): boolean {
  let leads = true
  return tokens.some(({ word }, at) => {
    if (leads && (opens(tokens, at, lexicon) || isA(lexicon, word, 'opener-first'))) return true
    leads &&= isA(lexicon, word, 'lead-in') || isA(lexicon, word, 'joiner')
    return isA(lexicon, word, 'opener-aux') && isA(lexicon, tokens[at + 1]?.word, 'pronoun')
  })
}

/**
 * What stands at one place: the phrases that start here and the word itself. A phrase that names a
 * thing is read as a whole ("drug test" holds no drug); other phrases leave their words readable.
 */
function conceptsAt(words: readonly string[], at: number, lexicon: Lexicon): Place | null {
  const phrases = phrasesAt(words, at, lexicon)
  const thing = phrases.findLast(({ concepts }) => concepts.some(({ kind }) => kind === 'thing' || kind === 'limit'))
  const inPhrases = phrases.flatMap(({ concepts }) => concepts)
  const alone = conceptsOf(lexicon, words[at]!)
  // "who is it for" asks for whom, not who: the longest phrase says what its first word would.
  const leading = phrases.length > 0 ? inPhrases : (alone ?? [])
  const leads = leading.filter(({ kind }) => kind === 'asking').map(({ name }) => name)
  const spans = phrases.map(({ concepts, length }) => [at, length, concepts] as const)
  if (thing) return { concepts: inPhrases, length: thing.length, leads, spans }
  if (phrases.length === 0 && !alone) return null
  return { concepts: [...inPhrases, ...(alone ?? [])], length: 1, leads, spans: [...spans, [at, 1, alone ?? []]] }
}

interface Place {
  readonly concepts: readonly Concept[]
  readonly length: number
  readonly leads: readonly string[]
  /** From where, over how many words, which concepts. */
  readonly spans: readonly (readonly [number, number, readonly Concept[]])[]
}

/** Words without weight of their own (fillers) are no content; a word that no list knows is. */
function contentOf(words: readonly string[], places: readonly (readonly Concept[])[]): Content[] {
  return words.flatMap((word, at) => {
    const here = places[at]!
    if (here.some(({ kind, name }) => (kind === 'filler' && name !== 'ordinary') || kind === 'light')) {
      return here.some(({ weight }) => weight > 1) ? [{ names: here.map(({ name }) => name), weight: 0 }] : []
    }
    const ordinary = here.length > 0 && here.every(({ name }) => name === 'ordinary')
    if (ordinary) return [{ names: [], weight: 1 }]
    if (here.length === 0) return word.length > 3 && !/\d/.test(word) ? [{ names: [], weight: 2 }] : []
    return [{ names: here.map(({ name }) => name), weight: Math.max(...here.map(({ weight }) => weight)) }]
  })
}

/** The listed phrases that start here, shortest first. */
function phrasesAt(
  words: readonly string[],
  at: number,
  lexicon: Lexicon,
): { concepts: readonly Concept[]; length: number }[] {
  let node = lexicon.phrases
  const found: { concepts: readonly Concept[]; length: number }[] = []
  for (let end = at; end < words.length && end - at < 7; end += 1) {
    const next = node.next.get(phraseRoot(lexicon, words[end]!))
    if (!next) break
    node = next
    if (node.concepts.length > 0) found.push({ concepts: node.concepts, length: end - at + 1 })
  }
  return found
}

function tongueOf(tokens: readonly Token[], lexicon: Lexicon): 'en' | 'es' | null {
  let en = 0
  let es = 0
  for (const { word } of tokens) {
    if (lexicon.tongues.en.has(word)) en += 1
    if (lexicon.tongues.es.has(word)) es += 1
  }
  return en === es ? null : en > es ? 'en' : 'es'
}
