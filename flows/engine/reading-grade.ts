/**
 * How hard a text is to read: a school grade for English, a scale of ease for Spanish.
 *
 * Plain formulas over sentences, words and syllables; tired people at night are worse readers than the formulas'
 * pupils, so the limits in `scripts/reading.yaml` are low.
 *
 * @see Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75 (Flesch–Kincaid grade level).
 * @see Szigriszt Pazos 1993; Barrio-Cantalejo et al. 2008, An Sist Sanit Navar 31(2):135–52 (the INFLESZ scale).
 */
import { sentencesOf } from './sentences.ts'

export type Language = 'en' | 'es'

/** Slots are filled by names and short phrases. */
const SLOT = /\{[^}]*\}/g
const WORD = /\p{L}[\p{L}'’]*/gu

/** Flesch–Kincaid: about the US school year that reads it, 0 and below = the first. */
export function gradeOf(text: string): number {
  const { sentences, words, syllables } = countsOf(text, 'en')
  return words === 0 ? 0 : 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
}

/** Szigriszt-Pazos: 0–100 and above; over 65 is "fairly easy", 55–65 normal, under 40 very hard (INFLESZ). */
export function easeOf(text: string): number {
  const { sentences, words, syllables } = countsOf(text, 'es')
  return words === 0 ? 100 : 206.835 - 62.3 * (syllables / words) - words / sentences
}

export function wordsIn(text: string): string[] {
  return text.replace(SLOT, 'Ana').match(WORD) ?? []
}

function countsOf(text: string, language: Language): { sentences: number; words: number; syllables: number } {
  const words = wordsIn(text)
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0)
  const spoken = sentencesOf(text.replace(SLOT, 'Ana')).filter((sentence) => /\p{L}/u.test(sentence))
  return { sentences: Math.max(1, spoken.length), words: words.length, syllables }
}

export function syllablesOf(word: string, language: Language): number {
  return Math.max(1, language === 'es' ? inSpanish(word.toLowerCase()) : inEnglish(word.toLowerCase()))
}

/** Groups of vowels, without the e that is not heard, and with two where two are heard side by side. */
function inEnglish(word: string): number {
  const letters = word.replace(/['’].*$/, '').replace(/[^a-z]/g, '')
  if (letters.length <= 3 && !/[^aeiouy][aeiouy][^aeiouy]?[aeiouy]$/.test(letters)) return 1
  const heard = letters
    .replace(/^(some|any|every|more|there|voice|care)(?=[bcdfgmnotw])/, (begin) => begin.replace(/e$/, ''))
    .replace(/(?:[^laeiouycgsxzh]es|[^dtlaeiouy]ed|[^laeiouy]e|[aeiouy]le|[^aeiouy]led)$/, (end) => end[0] ?? '')
    .replace(/^(som|mor|ther|voic|car)one$/, '$1 on')
    .replace(/^y/, '')
  const groups = heard.match(/[aeiouy]+/g) ?? []
  const split = heard.match(/i[ao](?!u)|eo|ua(?=l)|[^cgq]iu|ea$|ying|eing/g) ?? []
  const joined = heard.match(/[tscg]io|[tcs]ia(?=l|n)|eou|iou|peopl/g) ?? []
  return groups.length + Math.max(0, split.length - joined.length)
}

/** A syllable for each full vowel; i and u beside one belong to it unless they carry the accent. */
function inSpanish(word: string): number {
  const heard = word.replace(/qu(?=[eiéí])|gu(?=[eiéí])/g, 'k').replace(/y$/, 'i')
  const groups = heard.match(/[aeiouáéíóúü]+/g) ?? []
  return groups.reduce((sum, group) => sum + Math.max(1, (group.match(/[aeoáéóíú]/g) ?? []).length), 0)
}
