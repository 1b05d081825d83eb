/**
 * Words that may not be said, in either language: promises about money or outcome, words that hurt,
 * noise; and sentences too long for tired eyes.
 */
import type { Problem } from './library.ts'
import { sentencesOf } from './sentences.ts'
import { problem, type Source, warning } from './source.ts'
import type { PlacedPair } from './texts.ts'
import { slotNames } from './words.ts'

interface Rule {
  readonly pattern: RegExp
  readonly mend: string
}

/** Sources: the house's way of speaking; reference 3.3, 4.5 and 4.7 (coverage, guarantees, outcome claims). */
const forbidden: readonly Rule[] = [
  {
    pattern: /\b(covered|fully paid|in[- ]network for you|cubiert[oa]s?)\b/i,
    mend: 'promises coverage: say what the list holds and that a person will check',
  },
  {
    pattern: /\b(free|gratis|gratuit[oa]s?|no charge)\b/i,
    mend: 'promises that something is free: say who pays, or "at no cost" for a public line',
  },
  {
    pattern:
      /\b(guarantee[ds]?|garantiza\w*|garantizamos|success rate|tasa de éxito|cure[ds]?\b|curar[ás]?|the best program|el mejor programa)\b/i,
    mend: 'promises an outcome: leave it out',
  },
  {
    pattern: /\b(addicts?|junkies?|alcoholics?|drug abusers?|drogadict[oa]s?|adict[oa]s?|alcohólic[oa]s?)\b/i,
    mend: 'names a person by an illness: say "a person who drinks", "a person who uses"',
  },
  { pattern: /\b(abuse[ds]?|abusar|abuso de)\b/i, mend: 'says "abuse": say "use"' },
  {
    pattern:
      /\b(get|got|getting|stay|stayed|staying|be|been|being|years?) clean\b|\b(estar|está|mantenerse) limpi[oa]\b/i,
    mend: 'says "clean": say "not using"',
  },
  {
    pattern: /\b(commit(ted|s)? suicide|cometi[óo] suicidio|cometer suicidio)\b/i,
    mend: 'says "committed": say "died by suicide"',
  },
  {
    pattern:
      /\b(?:will|shall|is going to) (?:call|contact|reach|answer|write)\b[^.]*\b(?:an?|one|two|three|\d+) (?:minutes?|hours?|days?)\b|\ble (?:llamar|contactar|escribir|responder)án?(?!\p{L})[^.]*\b(?:una?|dos|tres|\d+) (?:minutos?|horas?|días?)\b/iu,
    mend: 'promises a time that nobody has worked out: use {promise}',
  },
  {
    pattern:
      /\b(?:(?:i|we) promise|(?:le|lo|se lo) promet\w+|prometemos|you will (?:get|feel) better|(?:va a|se va a) (?:mejorar|sentir mejor))\b/i,
    mend: 'promises what nobody can: say what happens next',
  },
  { pattern: /[!¡]/, mend: 'shouts: end the sentence with a full stop' },
  { pattern: /\p{Extended_Pictographic}/u, mend: 'holds an emoji: use words' },
  {
    pattern: /\b(great|awesome|i understand how you feel|entiendo cómo se siente|calm down|cálmese)\b/i,
    mend: 'is no help to somebody in distress: leave it out',
  },
  {
    pattern: /\b(press 3|oprima 3|833-943-5746)\b/i,
    mend: 'holds a line that has ended: use flows/safety/hotlines.yaml',
  },
  {
    pattern: /\bASAM\b|\blevel (of care )?[1-4](\.\d)?\b|\b(mild|moderate|severe) (depression|anxiety|disorder)\b/i,
    mend: 'tells a visitor a level or a severity: say the next step',
  },
]

/** Longest sentence in words before `check` warns; sixth-grade texts stay under it. */
const SENTENCE_MAX = 25

export function checkWords(source: Source, texts: readonly PlacedPair[]): Problem[] {
  return texts.flatMap(({ pair, path }) =>
    (['en', 'es'] as const).flatMap((language) => {
      const words = pair[language]
      const at = [...path, language]
      const found = forbidden
        .filter((rule) => rule.pattern.test(words))
        .map((rule) => problem(source, at, `this text ${rule.mend}`))
      for (const slot of words.matchAll(/\{([^}]*)\}/g)) {
        if (!(slotNames as readonly string[]).includes(slot[1]!)) {
          found.push(problem(source, at, `nothing fills \`{${slot[1]}}\`: use one of ${slotNames.join(', ')}`))
        }
      }
      const longest = Math.max(...sentencesOf(words).map((sentence) => sentence.split(/\s+/).length))
      if (longest > SENTENCE_MAX)
        found.push(warning(source, at, `a sentence of ${longest} words is hard to read at night: make two of it`))
      return found
    }),
  )
}
