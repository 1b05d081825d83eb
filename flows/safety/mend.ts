/**
 * How a mangled word finds its way to the lexicon: abbreviated, stretched, run together, written by ear, mistyped.
 *
 * Correction only ever leads to words of three letters or more that the lexicon holds, and never away
 * from an ordinary word that merely looks alike ("bill", "skilled").
 */
import { basesOf } from './inflection.ts'
import { abbreviations, isKnown, isMendable, listed, type Word, wordOf } from './lexicon.ts'
import { isOneSlip, isSwap, lackingOne, soundOf } from './slips.ts'

const nearby = new Map<string, string[]>()
const sounds = new Map<string, string>()

/** What words that the lexicon knows mean, each found once. A name or a number that somebody typed is never kept here. */
const meant = new Map<string, readonly Word[]>()

/** The words that a typed word means: itself, what it abbreviates, or what it was meant to be. */
export function meaningOf(typed: string): readonly Word[] {
  const known = meant.get(typed)
  if (known !== undefined) return known
  const found = resolve(typed).map(wordOf)
  if (isKnown(typed)) meant.set(typed, found)
  return found
}

/** Leads every word worth mending to itself through each form that lacks one letter. */
function indexNearby(): void {
  for (const word of [...listed.keys()].filter(isMendable))
    for (const form of [word, ...lackingOne(word)]) nearby.set(form, [...(nearby.get(form) ?? []), word])
}

function resolve(typed: string): readonly string[] {
  return abbreviations.get(typed) ?? (isKnown(typed) ? [typed] : repair(typed))
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
  for (const form of forms) if (isKnown(form)) return abbreviations.get(form) ?? [form]
  const whole = forms[0] ?? typed
  const found = segments(whole) ?? segments(forms.at(-1) ?? whole)
  if (found !== null) return found
  const word = soundsLike(whole) ?? nearest(forms.at(-1) ?? whole) ?? nearest(whole.replace(/s$/, '')) ?? typed
  return abbreviations.get(word) ?? [word]
}

/** The known word that sounds the same when written by ear: "kiero", "ijo", "brasos". */
function soundsLike(typed: string): string | null {
  if (typed.length < 4) return null
  if (sounds.size === 0) for (const word of listed.keys()) if (word.length > 3) sounds.set(soundOf(word), word)
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
      if (!listed.has(part) && !abbreviations.has(part)) continue
      if (part.length > 2 || /^(i|a|to|my|me|no|de|se|is|it|so|im|by|he|do)$/.test(part)) found = [...head, part]
    }
    best.push(found)
  }
  const parts = best[typed.length]
  if (parts == null || parts.length < 2 || typed.length / parts.length < 3) return null
  return parts.flatMap((part) => abbreviations.get(part) ?? [part])
}

/** The known word that one slip (a letter lost, added, changed or swapped) turns into this one; swaps come first. */
function nearest(typed: string): string | null {
  if (typed.length < 4 || typed.length > 20) return null
  if (nearby.size === 0) indexNearby()
  const near = [typed, ...lackingOne(typed)].flatMap((form) => nearby.get(form) ?? [])
  return near.find((word) => isSwap(typed, word)) ?? near.find((word) => isOneSlip(typed, word)) ?? null
}
