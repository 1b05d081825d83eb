/**
 * Which option somebody means: by value, label or synonym in either language, by number, with typos.
 */
import type { Option } from '../flow.ts'
import { fold, isNear, words } from './fold.ts'
import { wordNumber } from './numbers.ts'
import { yesOrNo } from './yes-no.ts'

/** The option said outright: its value, its label, one of its synonyms, or its number. */
export function exactChoice(options: readonly Option[], text: string): string | null {
  const said = fold(text)
  if (said === '') return null
  const named = options.find((option) => foldedNames(option).includes(said))
  return named?.value ?? null
}

/** The option meant, also inside a short sentence or with a slip; null when none or more than one fits. */
export function chooseOne(options: readonly Option[], text: string): string | null {
  const exact = exactChoice(options, text)
  if (exact !== null) return exact
  const verdict = yesOrNo(text)
  if (verdict !== null && options.some((option) => option.value === verdict)) return verdict
  const contained = containing(options, text)
  if (contained.length === 1) return contained[0]!
  if (contained.length > 1) return null
  const said = words(text)
  const slip = options.filter((option) => nameWords(option).some((name) => isSlip(name.split(' '), said)))
  if (slip.length === 1) return slip[0]!.value
  return byNumber(options, text) ?? byFirstWord(options, said)
}

const FIRST_WORD_FROM = 4

/** "several" for "Several days": one word with which one option alone begins. */
function byFirstWord(options: readonly Option[], said: readonly string[]): string | null {
  const [word = ''] = said
  if (said.length !== 1 || word.length < FIRST_WORD_FROM) return null
  const begun = options.filter((option) => [option.en, option.es].some((label) => words(label)[0] === word))
  return begun.length === 1 ? begun[0]!.value : null
}

/** The one option named as whole words in a longer text. */
export function namedChoice(options: readonly Option[], text: string): string | null {
  const found = containing(options, text)
  return found.length === 1 ? found[0]! : null
}

/** Every option named in a text with commas and "and"; null when nothing fits. */
export function chooseSeveral(options: readonly Option[], text: string): string[] | null {
  const parts = text.split(/[,;\n]|\s(?:and|y|e|plus|also|&)\s/i).filter((part) => part.trim() !== '')
  const found = new Set<string>()
  for (const part of parts) {
    const one = chooseOne(options, part)
    if (one !== null) found.add(one)
    else for (const value of containing(options, part)) found.add(value)
  }
  if (found.size === 0) return null
  const all = options.map((option) => option.value).filter((value) => found.has(value))
  return all.length > 1 ? all.filter((value) => value !== 'none') : all
}

const folded = new WeakMap<Option, readonly string[]>()

/** An option's names as they compare, worked out once for the scripts' life. */
function foldedNames(option: Option): readonly string[] {
  const known = folded.get(option) ?? namesOf(option).map(fold)
  folded.set(option, known)
  return known
}

const wordForms = new WeakMap<Option, readonly string[]>()

/** An option's names as plain words with single spaces, worked out once as well. */
function nameWords(option: Option): readonly string[] {
  const known = wordForms.get(option) ?? namesOf(option).map((name) => words(name).join(' '))
  wordForms.set(option, known)
  return known
}

function namesOf(option: Option): string[] {
  return [option.value, option.en, option.es, ...(option.synonyms ?? [])]
}

/** How one comes, not whom one wants. */
const notAPerson = / (?:in|en) person(?= )| en persona(?= )/g

/** Options one of whose names stands as whole words in the text; a longer name beats one inside it. */
function containing(options: readonly Option[], text: string): string[] {
  const said = ` ${words(text).join(' ')} `.replaceAll(notAPerson, ' ')
  const hits = options.flatMap((option) => {
    // Most names stand nowhere in it: only for one that does is it looked whether it stands as whole words.
    const fitting = nameWords(option).filter(
      (name) => name.length >= 3 && said.includes(name) && said.includes(` ${name} `),
    )
    return fitting.length > 0
      ? [{ value: option.value, longest: fitting.toSorted((a, b) => b.length - a.length)[0]! }]
      : []
  })
  return hits
    .filter(
      (hit) =>
        !hits.some(
          (other) =>
            other !== hit &&
            other.longest.length > hit.longest.length &&
            ` ${other.longest} `.includes(` ${hit.longest} `),
        ),
    )
    .map((hit) => hit.value)
}

function isSlip(wanted: readonly string[], said: readonly string[]): boolean {
  return wanted.length === said.length && wanted.every((word, index) => isNear(word, said[index]!))
}

function byNumber(options: readonly Option[], text: string): string | null {
  const match = /^(?:option |number |opcion |numero |the |la |el )?(\w+)(?: one| opcion)?$/.exec(fold(text))
  if (!match) return null
  const ordinal = {
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    primera: 1,
    segunda: 2,
    tercera: 3,
    cuarta: 4,
    quinta: 5,
  }[match[1]!]
  const number = ordinal ?? (options.some((option) => /\d/.test(option.en)) ? null : wordNumber(match[1]!))
  return number === null ? null : (options[number - 1]?.value ?? null)
}
