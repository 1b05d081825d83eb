/**
 * A fact that the team stated itself, because its page does not: from an unanswered question.
 *
 * It is held to what every fact is held to: the words of its source carry it, it promises nothing, and
 * its own example questions lead to it. A second person has read it before it is said.
 */
import { answer } from '../answer.ts'
import type { Fact } from '../fact.ts'
import { byTopic } from '../folder/word-files.ts'
import type { Program } from '../program.ts'
import { plain } from '../reading/spelling.ts'
import { faultOf, numbersIn } from '../verify.ts'
import { STAFF_SOURCE } from './staff-source.ts'

export interface StaffStatement {
  readonly id: string
  /** The kind of question that it answers; null when none of the known ones. */
  readonly topic: string | null
  readonly en: string
  readonly es: string
  /** Where the team has it from: "price list of 2026-11, front desk". */
  readonly source: string
  /** Who answers for it, by role. */
  readonly owner: string
  /** Questions, in the team's own words, that must lead to it. */
  readonly tries: { readonly en: readonly string[]; readonly es: readonly string[] }
  /** YYYY-MM-DD. */
  readonly statedOn: string
  /** The day on which somebody else passed it, or last confirmed it. */
  readonly reviewedOn: string
  readonly reviewBy: string
}

/** Words that no fact may hold, whoever states it. */
const never =
  /\b(guarantee\w*|garanti\w*|cure[sd]?|cura[rn]?|success rate|tasa de exito|100 ?%|we accept your|you are covered|esta cubierto por su|you qualify)\b/

/** Neither is a promise to the reader, nor a share of people for whom it went well. */
const promising =
  /\b(we promise|i promise|promise you|le prometemos|prometemos|le aseguramos)\b|\d ?(?:%|percent\b|per cent\b|por ciento\b) (?:of|de) (?:\w+ ){0,2}(?:people|patients|clients|graduates|participants|those|personas|pacientes|clientes|graduados|egresados|participantes|quienes)\b/

/** What may point to a person, in an example that came of a visitor's question. */
const points = /\S@\S|https?:|www\.|\d[\d\s()./-]{4,}\d/

export function staffFact(stated: StaffStatement, program: Program): Fact {
  return {
    id: `${program.id}.${stated.id}`,
    subject: program.name.en,
    asks: [stated.topic ?? stated.id],
    value: null,
    modality: 'always',
    scope: 'program',
    file: STAFF_SOURCE,
    // Where the team has it from is for the team: only the sentences are cited to a visitor.
    quotes: [
      { line: 1, text: stated.en },
      { line: 2, text: stated.es },
    ],
    retrievedAt: stated.statedOn,
    reviewBy: stated.reviewBy,
    owner: stated.owner,
    reviewed: stated.reviewedOn,
    say: { en: stated.en, es: stated.es },
    examples: { en: [...stated.tries.en], es: [...stated.tries.es] },
    contradicts: [],
  }
}

/** The program as it speaks once these are stated too. What the page left open is then no gap any more. */
export function withFacts(program: Program, facts: readonly Fact[]): Program {
  const all = [...program.facts, ...facts]
  const told = new Set(facts.flatMap(({ asks }) => asks))
  const gapsByTopic = new Map([...program.gapsByTopic].filter(([topic]) => !told.has(topic)))
  return { ...program, facts: all, factsByTopic: byTopic(all), gapsByTopic }
}

/** What is to be mended before it may be said, in plain words; nothing when it may. */
export function faultsOf(stated: StaffStatement, program: Program): string[] {
  const fact = staffFact(stated, program)
  const faults: string[] = []
  for (const [name, text] of [
    ['English', stated.en],
    ['Spanish', stated.es],
  ] as const) {
    if (never.test(plain(text)) || promising.test(plain(text)))
      faults.push(`The ${name} sentence promises something: say what is done, not how it will go.`)
    if (/[!<>]|https?:/.test(text)) faults.push(`The ${name} sentence holds a mark or a link that is never said.`)
    const fault = faultOf({ text, facts: [fact] })
    if (fault === 'negation') faults.push(`The ${name} sentence denies what the other one does not: word both alike.`)
    else if (fault !== null) faults.push(`The ${name} sentence says more than what carries it (${fault}).`)
  }
  if ((numbersIn(stated.en).length === 0) !== (numbersIn(stated.es).length === 0))
    faults.push('One sentence gives a number and the other none: say the same in both languages.')
  for (const text of [...stated.tries.en, ...stated.tries.es])
    if (points.test(text))
      faults.push(`The example "${text}" holds a number, an address or a link: examples stay, so take it out.`)
  const wiser = withFacts(program, [fact])
  for (const text of [...stated.tries.en, ...stated.tries.es]) {
    const reply = answer({ text, locale: 'en-US', today: stated.statedOn }, wiser)
    if (!reply.facts.some(({ id }) => id === fact.id))
      faults.push(`The example "${text}" does not lead to it: put it as a visitor would.`)
  }
  return faults
}
