/**
 * Payers: which insurer a visitor means, and what the program's page says of it.
 *
 * A name on the page is never a promise: companies rename (Beacon is Carelon today), cards carry two
 * names, and one entry holds only with a logo on the card. So the strongest thing said is "listed".
 */

import type { Payer, Program } from '../program.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import { oneSlipApart, plain } from '../reading/spelling.ts'

export interface PayerMatch {
  readonly state:
    | 'listed'
    | 'listed-with-condition'
    | 'not-listed'
    /** The page names no insurer at all. */
    | 'no-list'
    | 'medicare'
    | 'medicaid'
    | 'tricare'
    | 'va'
    | Way
    | 'self-pay'
    | 'none'
    | 'unrecognised'
  /** The name in use today, or null when none was recognised. */
  readonly payer: string | null
  /** As the program's page prints it, when that differs. */
  readonly listedAs: string | null
  readonly condition: { readonly en: string; readonly es: string } | null
  readonly asOf: string | null
  /** Another payer named in the same text. */
  readonly second: string | null
}

/** Ways to be insured that name no company. */
type Way = 'cobra' | 'marketplace' | 'employer'
const ways: readonly string[] = ['cobra', 'marketplace', 'employer']

/** A payer that exists, whether or not a program lists it. */
export interface KnownPayer {
  readonly key: string
  readonly name: string
  readonly state: 'company' | 'medicare' | 'medicaid' | 'tricare' | 'va' | Way | 'self-pay' | 'none' | 'family'
  readonly aliases: readonly string[]
  /** For a family such as "Blue Cross": the payers that it may mean. */
  readonly members: readonly string[]
}

/** Finds the payer named in free text; tolerant of one slip in a word of five letters or more. */
export function recognisePayer(text: string, program: Program): PayerMatch {
  const all = named(text, program)
  // "Aetna through COBRA": the company says more than the way.
  const found = all.find(({ state }) => !ways.includes(state)) ?? all[0]
  if (!found) return { state: 'unrecognised', payer: null, listedAs: null, condition: null, asOf: null, second: null }
  const other = all.find((one) => one !== found && !ways.includes(one.state) && one.payer !== found.payer)
  return { ...found, second: other?.payer ?? null }
}

/** Every payer named in a question, each as the program lists it; "my job" there is no plan. */
export function payersNamed(text: string, program: Program): PayerMatch[] {
  return named(text, program).filter(({ state }) => !ways.includes(state))
}

/** Longest names first, so that "Emblem GHI" is not read as "Emblem"; in the order of the text. */
function named(text: string, program: Program): PayerMatch[] {
  const words = apart(
    plain(text)
      .match(/[a-z0-9]+/g)
      ?.slice(0, 400) ?? [],
    program,
  )
  const taken = new Set<number>()
  const found: { at: number; match: PayerMatch }[] = []
  for (const { known, alias } of program.words.payerAliases) {
    const at = placeOf(alias, words, taken)
    if (at < 0) continue
    for (let index = at; index < at + alias.length; index += 1) taken.add(index)
    if (!found.some(({ match }) => match.payer === known.name)) found.push({ at, match: matchFor(known, program) })
  }
  const companies = found.filter(({ match }) => match.state !== 'self-pay' && match.state !== 'none')
  return (companies.length > 0 ? companies : found).sort((a, b) => a.at - b.at).map(({ match }) => match)
}

/** All aliases as word lists, longest first, so that "Emblem GHI" is not read as "Emblem". */
export function payerAliases(payers: readonly KnownPayer[]): { known: KnownPayer; alias: readonly string[] }[] {
  return payers
    .flatMap((known) =>
      [known.name, ...known.aliases].map((name) => ({ known, alias: plain(name).match(/[a-z0-9]+/g) ?? [] })),
    )
    .sort((a, b) => b.alias.length - a.alias.length || b.alias.join('').length - a.alias.join('').length)
}

/** "horizonaetna": two names run together are two words. */
function apart(words: readonly string[], { words: lexicon }: Program): string[] {
  if (words.every((word) => word.length < 2 * GLUED_MIN)) return [...words]
  const names = namesOfOneWord(lexicon)
  return words.flatMap((word) => {
    if (word.length < 2 * GLUED_MIN || names.has(word)) return [word]
    const at = [...word].findIndex((_, index) => names.has(word.slice(0, index)) && names.has(word.slice(index)))
    return at > 0 ? [word.slice(0, at), word.slice(at)] : [word]
  })
}

const GLUED_MIN = 5

const oneWord = new WeakMap<Lexicon, ReadonlySet<string>>()

/** Names of one word that are long enough to be found in another, put together once. */
function namesOfOneWord(lexicon: Lexicon): ReadonlySet<string> {
  const known = oneWord.get(lexicon)
  if (known) return known
  const single = lexicon.payerAliases.map(({ alias }) => alias).filter((alias) => alias.length === 1)
  const names = new Set(single.map(([name]) => name as string).filter((name) => name.length >= GLUED_MIN))
  oneWord.set(lexicon, names)
  return names
}

/** Hundreds of names are looked for, most of which begin with no word of the text. */
function placeOf(alias: readonly string[], words: readonly string[], taken: ReadonlySet<number>): number {
  for (let at = 0; at < words.length; at += 1) if (standsAt(at, alias, { words, taken })) return at
  return -1
}

function standsAt(
  at: number,
  alias: readonly string[],
  { words, taken }: { readonly words: readonly string[]; readonly taken: ReadonlySet<number> },
): boolean {
  for (let index = 0; index < alias.length; index += 1)
    if (taken.has(at + index) || !same(alias[index]!, words[at + index])) return false
  return true
}

function same(part: string, word: string | undefined): boolean {
  if (word === undefined) return false
  return (
    part === word ||
    (part.length >= 5 && word.length >= 4 && part[0] === word[0] && !ordinary.has(word) && oneSlipApart(part, word))
  )
}

/** Words that look like a payer's name with a slip, and are none. */
const ordinary = new Set([
  'united',
  'unite',
  'health',
  'heath',
  'human',
  'humans',
  'harbor',
  'horizons',
  'signal',
  'empires',
  'option',
  'beacons',
  'cigar',
  'cover',
  'closer',
  'clever',
  'cloves',
  'bacon',
  'opium',
  'expire',
  'humane',
  'humano',
  'elegance',
  'oscars',
])

function matchFor(known: KnownPayer, program: Program): PayerMatch {
  const none = { listedAs: null, condition: null, asOf: null, second: null }
  const listed = program.payers.find((payer) => payer.key === known.key)
  if (listed) return listedMatch(known.name, listed)
  if (known.state === 'family') return familyMatch(known, program)
  if (known.state !== 'company') return { state: known.state, payer: known.name, ...none }
  return memberMatch(known, program) ?? { state: absent(program), payer: known.name, ...none }
}

/** The page names the family ("BCBS") and not this company of it: then the card decides. */
function memberMatch({ key, name }: KnownPayer, program: Program): PayerMatch | null {
  const families = program.words.payerAliases.filter(({ known }) => known.members.includes(key))
  const listed = program.payers.find((payer) => families.some(({ known }) => known.key === payer.key))
  if (!listed) return null
  const { printed, asOf } = listed
  const condition = { en: `the card says ${printed}`, es: `la tarjeta dice ${printed}` }
  return { state: 'listed-with-condition', payer: name, listedAs: printed, condition, asOf, second: null }
}

/** Not on the list is one thing; that there is no list is another. */
function absent(program: Program): 'not-listed' | 'no-list' {
  return program.payers.length > 0 ? 'not-listed' : 'no-list'
}

function listedMatch(name: string, { printed, today, condition, asOf }: Payer): PayerMatch {
  const payer = today ?? (printed || name)
  return {
    state: condition ? 'listed-with-condition' : 'listed',
    payer,
    listedAs: printed === payer ? null : printed,
    condition,
    asOf,
    second: null,
  }
}

function familyMatch(known: KnownPayer, program: Program): PayerMatch {
  const listed = program.payers.filter((payer) => known.members.includes(payer.key))
  if (listed.length === 0)
    return { state: absent(program), payer: known.name, listedAs: null, condition: null, asOf: null, second: null }
  const names = listed.map((payer) => payer.printed)
  const condition = { en: `the card says ${joined(names, 'or')}`, es: `la tarjeta dice ${joined(names, 'o')}` }
  return {
    state: 'listed-with-condition',
    payer: known.name,
    listedAs: null,
    condition,
    asOf: listed[0]!.asOf,
    second: null,
  }
}

export function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
