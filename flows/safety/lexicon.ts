/**
 * The lexicon: which concepts a word stands for, and how a mangled word finds its way home.
 *
 * Concepts, not words, are what the frames speak of, so one frame hears two languages and every
 * spelling. Correction only ever leads to words of three letters or more that the lexicon holds, and
 * never away from an ordinary word that merely looks alike ("bill", "skilled").
 */
import { conceptRows, ordinaryWords, rewriteRows } from './gate-tables.generated.ts'
import { basesOf, stem } from './inflection.ts'
import { correctedConcepts, expand } from './shorthand.ts'
import { isOneSlip, isSwap, lackingOne, soundOf } from './slips.ts'

export interface Phrase {
  readonly next: Map<string, Phrase>
  concepts: number[] | null
}

const ids = new Map<string, number>()
const names: string[] = []
const classes: boolean[] = []
const words = new Map<string, number[]>()
const phrases: Phrase = { next: new Map(), concepts: null }
const rewrites = new Map<string, readonly string[]>()
/** Words written with "=" in the lexicon mean only what their own entries say: "died" is not "die". */
const fixed = new Set<string>()
const ordinary = new Set<string>(ordinaryWords.split(' '))
/** Words of phrases that are worth mending a slip for. */
const mendable = new Set<string>()
const nearby = new Map<string, string[]>()
const sounds = new Map<string, string>()
const filler = conceptId('FILLER')

/** The number of a concept; a name not seen before gets the next one. */
export function conceptId(name: string): number {
  const known = ids.get(name)
  if (known !== undefined) return known
  ids.set(name, names.length)
  names.push(name)
  classes.push(name === name.toUpperCase())
  return names.length - 1
}

export function conceptName(id: number): string {
  return names[id]!
}

/** Classes of words have names in capitals; single words that a frame names do not. */
export function isClass(id: number): boolean {
  return classes[id]!
}

/** Gives a literal word or phrase of a frame a concept of its own, so that frames can name it. */
export function literalConcept(word: string): number {
  const id = conceptId(word)
  if (word.includes(' ')) addPhrase(word.split(' '), id)
  else addWord(word, id)
  return id
}

/** The concepts of a word and of the words it may be a form of. */
export function conceptsOf(word: string): readonly number[] {
  const own = words.get(word)
  if (fixed.has(word)) return own ?? []
  const inherited = basesOf(word).flatMap((base) => words.get(base) ?? [])
  return inherited.length === 0 ? (own ?? []) : [...new Set([...(own ?? []), ...inherited])]
}

/** A word with what the gate asks of it over and over. */
export interface Word {
  readonly text: string
  readonly concepts: readonly number[]
  /** Under which phrases file it, whatever its ending. */
  readonly stem: string
}

/** Words of the lexicon, each worked out once. A name or a number that somebody typed is never kept here. */
const worked = new Map<string, Word>()

export function wordOf(text: string): Word {
  const known = worked.get(text)
  if (known !== undefined) return known
  const word = { text, concepts: conceptsOf(text), stem: stem(text) }
  if (word.concepts.length > 0 || ordinary.has(text)) worked.set(text, word)
  return word
}

export function phraseRoot(): Phrase {
  return phrases
}

function expandPhrase(phrase: string): string[][] {
  return phrase
    .split(' ')
    .reduce<string[][]>((heads, part) => heads.flatMap((head) => expand(part).map((word) => [...head, word])), [[]])
}

/** Fillers ("really", "the") are left out of phrases and of texts alike. */
export function isFiller(word: string): boolean {
  return words.get(word)?.includes(filler) ?? false
}

function addWord(word: string, concept: number, also?: Set<string>): void {
  worked.clear()
  also?.add(word)
  const known = words.get(word)
  if (known === undefined) words.set(word, [concept])
  else if (!known.includes(concept)) known.push(concept)
}

function addPhrase(parts: readonly string[], concept: number): void {
  let node = phrases
  if (correctedConcepts.includes(names[concept]!)) for (const part of parts) mendable.add(part)
  for (const part of parts.flatMap((part) => rewrites.get(part) ?? [part])) {
    const key = stem(part)
    let next = node.next.get(key)
    if (next === undefined) {
      next = { next: new Map(), concepts: null }
      node.next.set(key, next)
      if (!words.has(part)) words.set(part, [])
    }
    node = next
  }
  if (!node.concepts?.includes(concept)) node.concepts = [...(node.concepts ?? []), concept]
}

function load(): void {
  for (const row of rewriteRows.split('\n')) {
    const [from = '', to = ''] = row.split('=')
    for (const word of expand(from)) rewrites.set(word, to.split(' '))
  }
  const rows = conceptRows
    .split('\n')
    .map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)] as const)
  for (const isPhrase of [false, true]) {
    for (const [name, list] of rows) {
      const concept = conceptId(name)
      for (const item of list.split(',')) {
        if (item.includes(' ') !== isPhrase) continue
        if (isPhrase) for (const parts of expandPhrase(item)) addPhrase(parts, concept)
        else if (item.startsWith('=')) addWord(item.slice(1), concept, fixed)
        else for (const word of expand(item)) addWord(word, concept)
      }
    }
  }
}

load()

/** Leads every word worth mending to itself through each form that lacks one letter. */
function indexNearby(): void {
  const targets = new Set(correctedConcepts.map(conceptId))
  for (const [word, concepts] of words) {
    if (word.length < 4 || !(mendable.has(word) || concepts.some((concept) => targets.has(concept)))) continue
    for (const form of [word, ...lackingOne(word)]) {
      const known = nearby.get(form)
      if (known === undefined) nearby.set(form, [word])
      else known.push(word)
    }
  }
}

function isKnown(word: string): boolean {
  if (worked.has(word) || words.has(word) || rewrites.has(word) || ordinary.has(word)) return true
  return basesOf(word).some((base) => words.has(base))
}

/** The words that a typed word means: itself, what it abbreviates, or what it was meant to be. */
export function resolve(typed: string): readonly string[] {
  return rewrites.get(typed) ?? (isKnown(typed) ? [typed] : repair(typed))
}

const digitLetters: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
}

function repair(typed: string): readonly string[] {
  if (/^\d+$/.test(typed)) return [Number(typed) >= 8 && typed.length < 4 ? '0many' : '0number']
  const forms = simplerForms(typed)
  for (const form of forms) if (isKnown(form)) return rewrites.get(form) ?? [form]
  const whole = forms[0] ?? typed
  const found = segments(whole) ?? segments(forms.at(-1) ?? whole)
  if (found !== null) return found
  const word = soundsLike(whole) ?? nearest(forms.at(-1) ?? whole) ?? nearest(whole.replace(/s$/, '')) ?? typed
  return rewrites.get(word) ?? [word]
}

/** The known word that sounds the same when written by ear: "kiero", "ijo", "brasos". */
function soundsLike(typed: string): string | null {
  if (typed.length < 4) return null
  if (sounds.size === 0) for (const word of words.keys()) if (word.length > 3) sounds.set(soundOf(word), word)
  const like = [typed, ...basesOf(typed)].find((form) => form.length > 3 && sounds.has(soundOf(form)))
  return like === undefined ? null : sounds.get(soundOf(like))!
}

function simplerForms(typed: string): string[] {
  const forms: string[] = []
  const isLeet = /[0-9@$]/.test(typed) && /\p{L}/u.test(typed) && !/^\d+\p{L}{1,3}$/u.test(typed)
  if (isLeet) {
    forms.push(typed.replace(/[0-9@$]/g, (sign) => digitLetters[sign] ?? sign))
    forms.push(typed.replace(/1/g, 'l').replace(/[0-9@$]/g, (sign) => digitLetters[sign] ?? sign))
  }
  const base = forms[0] ?? typed
  if (/(\p{L})\1/u.test(base)) {
    forms.push(
      base.replace(/(\p{L})\1{2,}/gu, '$1$1'),
      base.replace(/(\p{L})\1{2,}/gu, '$1'),
      base.replace(/(\p{L})\1+/gu, '$1'),
    )
  }
  if (/(?:ign|nig)$/.test(base)) forms.push(base.replace(/...$/, 'ing'))
  if (base.includes('*')) forms.push(base.replaceAll('*', ''))
  return forms.length === 0 ? [base] : forms
}

/** Splits run-together words ("killmyself") when every part is known; null when they are not. */
function segments(typed: string): readonly string[] | null {
  if (typed.length < 6 || typed.length > 30) return null
  const best: (string[] | null)[] = [[]]
  for (let end = 1; end <= typed.length; end++) {
    let found: string[] | null = null
    for (let start = Math.max(0, end - 12); start < end; start++) {
      const head = best[start]
      if (head == null || (found !== null && head.length + 1 >= found.length)) continue
      const part = typed.slice(start, end)
      if (!words.has(part) && !rewrites.has(part)) continue
      if (part.length > 2 || /^(i|a|to|my|me|no|de|se|is|it|so|im|by|he|do)$/.test(part)) found = [...head, part]
    }
    best.push(found)
  }
  const parts = best[typed.length]
  if (parts == null || parts.length < 2 || typed.length / parts.length < 3) return null
  return parts.flatMap((part) => rewrites.get(part) ?? [part])
}

/** The known word that one slip (a letter lost, added, changed or swapped) turns into this one; swaps come first. */
function nearest(typed: string): string | null {
  if (typed.length < 4 || typed.length > 20) return null
  if (nearby.size === 0) indexNearby()
  const near = [typed, ...lackingOne(typed)].flatMap((form) => nearby.get(form) ?? [])
  return near.find((word) => isSwap(typed, word)) ?? near.find((word) => isOneSlip(typed, word)) ?? null
}
