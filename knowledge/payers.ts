/**
 * Payers: which insurer a visitor means, and what the program's page says of it.
 *
 * A name on the page is never a promise: companies rename (Beacon is Carelon today), cards carry two
 * names, and one entry holds only with a logo on the card. So the strongest thing said is "listed".
 */
import type { Payer, Program } from './program.ts'
import { oneSlipApart, plain } from './spelling.ts'

export interface PayerMatch {
  readonly state:
    | 'listed'
    | 'listed-with-condition'
    | 'not-listed'
    | 'medicare'
    | 'medicaid'
    | 'tricare'
    | 'va'
    | 'self-pay'
    | 'none'
    | 'unrecognised'
  /** The name in use today, or null when none was recognised. */
  readonly payer: string | null
  /** As the program's page prints it, when that differs. */
  readonly listedAs: string | null
  readonly condition: { readonly en: string; readonly es: string } | null
  readonly asOf: string | null
}

/** A payer that exists, whether or not a program lists it. */
export interface KnownPayer {
  readonly key: string
  readonly name: string
  readonly state: 'company' | 'medicare' | 'medicaid' | 'tricare' | 'va' | 'self-pay' | 'none' | 'family'
  readonly aliases: readonly string[]
  /** For a family such as "Blue Cross": the payers that it may mean. */
  readonly members: readonly string[]
}

/** Finds the payer named in free text; tolerant of one slip in a word of five letters or more. */
export function recognisePayer(text: string, program: Program): PayerMatch {
  const found = payersNamed(text, program)[0]
  if (!found) return { state: 'unrecognised', payer: null, listedAs: null, condition: null, asOf: null }
  return found
}

/** Every payer named in a text, longest names first, each as the program lists it. */
export function payersNamed(text: string, program: Program): PayerMatch[] {
  const words =
    plain(text)
      .match(/[a-z0-9]+/g)
      ?.slice(0, 400) ?? []
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

function placeOf(alias: readonly string[], words: readonly string[], taken: ReadonlySet<number>): number {
  return words.findIndex((_, at) =>
    alias.every((part, index) => !taken.has(at + index) && same(part, words[at + index])),
  )
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
  const none = { listedAs: null, condition: null, asOf: null }
  if (known.state === 'family') return familyMatch(known, program)
  if (known.state !== 'company') return { state: known.state, payer: known.name, ...none }
  const listed = program.payers.find((payer) => payer.key === known.key)
  return listed ? listedMatch(known.name, listed) : { state: 'not-listed', payer: known.name, ...none }
}

function listedMatch(name: string, { printed, today, condition, asOf }: Payer): PayerMatch {
  const payer = today ?? (printed || name)
  return {
    state: condition ? 'listed-with-condition' : 'listed',
    payer,
    listedAs: printed === payer ? null : printed,
    condition,
    asOf,
  }
}

function familyMatch(known: KnownPayer, program: Program): PayerMatch {
  const listed = program.payers.filter((payer) => known.members.includes(payer.key))
  if (listed.length === 0)
    return { state: 'not-listed', payer: known.name, listedAs: null, condition: null, asOf: null }
  const names = listed.map((payer) => payer.printed)
  const condition = { en: `the card says ${joined(names, 'or')}`, es: `la tarjeta dice ${joined(names, 'o')}` }
  return { state: 'listed-with-condition', payer: known.name, listedAs: null, condition, asOf: listed[0]!.asOf }
}

export function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
