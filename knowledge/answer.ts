/**
 * The answer: a question and a program's facts in, at most three carried sentences out.
 *
 * Facts already hold the words a person reviewed, so answering is choosing and joining, never
 * composing. Where nothing states what was asked, it says so and passes the question on.
 */
import type { Answer, AnswerKind, Locale, Offer, Question } from './answer-types.ts'
import type { Fact } from './fact.ts'
import { payerReply } from './insurers/payer-reply.ts'
import { guardedByPattern } from './limits/guarding.ts'
import { notes } from './notes.ts'
import type { Program } from './program.ts'
import { type Clause, type Reading, readMessage } from './reading/reading.ts'
import { type Part, retrieve } from './retrieve.ts'
import { silenceOn } from './saying/silence.ts'
import {
  inOneBreath,
  passedOn,
  plainReply,
  type Reply,
  type Said,
  SENTENCES_AT_MOST,
  type Sentences,
} from './saying/spoken.ts'
import { say } from './saying/voice.ts'
import { statedForThis } from './staff/staff-examples.ts'
import { asMeant } from './topics/asked-openly.ts'
import { faultOf } from './verify.ts'

/** Pure: the same question of the same program on the same day has the same answer. */
export function answer(question: Question, program: Program): Answer {
  const reading = asMeant(question, readMessage(question.text, program.words), program)
  const locale = localeOf(reading, question.locale)
  const found = retrieve(reading, program, () => earlierClauses(question, program))
  carryClauses(question, reading)
  const stated = found.parts.some(({ kind }) => guardedKinds.has(kind)) ? null : statedForThis(reading, program)
  const { parts, isQuestion } = stated ? { parts: [stated], isQuestion: true } : found
  const base = { locale, offers: offersFor(parts), isQuestion }
  if (parts.length === 0)
    return { ...base, ...plainReply('clarify', say(program, 'what-to-know', locale)), isQuestion: false }
  const refused = parts.find((part) => part.kind === 'refusal' || part.kind === 'privacy-refusal')
  if (refused) return { ...base, ...plainReply(refused.kind as AnswerKind, say(program, refused.topic, locale)) }
  const replies = parts.map((part) => replyTo(part, { question, program, locale }))
  if (namesAnother(reading, program)) return { ...base, ...onlyOwn(replies, program, locale) }
  return { ...base, ...inOneBreath(replies, { program, locale, room: SENTENCES_AT_MOST }) }
}

/** What is never answered, whoever states what. */
const guardedKinds: ReadonlySet<Part['kind']> = new Set(['refusal', 'privacy-refusal'])

/** Of another program nothing is said; what this one states of the same is said as its own. "Inspira's" names it, too. */
function namesAnother(reading: Reading, program: Program): boolean {
  const words = ` ${reading.clauses.flatMap((clause) => clause.words).join(' ')} `
  return program.otherNames.some((name) => words.includes(` ${name} `) || words.includes(` ${name}s `))
}

function localeOf(reading: Reading, locale: Locale): Locale {
  if (reading.tongue === null) return locale
  return reading.tongue === 'es' ? 'es-US' : 'en-US'
}

const EARLIER_MAX = 500

/** The question itself is the last of what was said. What leads nowhere is no background. */
function earlierClauses(question: Question, program: Program): readonly Clause[] {
  const said = (question.saidBefore ?? []).filter(({ role, text }) => role === 'user' && text !== question.text)
  return said.slice(-2).flatMap((turn) => {
    const clauses = clausesOf(turn, program)
    return leadsNowhere(clauses, program) ? [] : clauses
  })
}

/** An earlier turn is read once while the talk holds it. */
function clausesOf(turn: { readonly text: string }, { words }: Program): readonly Clause[] {
  const known = turnsRead.get(turn)
  if (known) return known
  const { clauses } = readMessage(turn.text.slice(0, EARLIER_MAX), words)
  turnsRead.set(turn, clauses)
  return clauses
}

/** An order to the assistant or an errand: what follows is no more of it, and "how long is it?" is answered. */
function leadsNowhere(clauses: readonly Clause[], program: Program): boolean {
  const topic = guardedByPattern(clauses, program.words)?.topic
  return topic === 'no-orders' || topic === 'not-our-errand'
}

const turnsRead = notes<object, readonly Clause[]>()

/**
 * The question is the last turn of what was said: the next question finds it read already. The chances of its
 * topics are forgotten: few questions lean on it, and they were a quarter of what an open talk held in memory.
 */
function carryClauses({ text, saidBefore = [] }: Question, { clauses }: Reading): void {
  const own = saidBefore.at(-1)
  if (own?.role !== 'user' || own.text !== text || text.length > EARLIER_MAX) return
  for (const clause of clauses) for (const stretch of [clause, ...clause.segments]) stretch.alone = null
  turnsRead.set(own, clauses)
}

interface Asking {
  readonly question: Question
  readonly program: Program
  readonly locale: Locale
}

function replyTo(part: Part, asking: Asking): Reply {
  const { program, locale, question } = asking
  if (part.kind === 'payer') {
    const reply = payerReply(question.text, program, locale)
    return part.certainty === 'near'
      ? { ...reply, missing: reply.missing ?? '' }
      : { ...reply, certainty: part.certainty }
  }
  if (part.kind === 'gap') {
    const missing = silenceOn(part, program, locale)
    const near = nearFacts(part.gap, program).flatMap((fact) => current(fact, asking))
    return { sentences: [], missing, near }
  }
  const sentences = part.facts.flatMap((fact) => current(fact, asking))
  return { sentences, missing: sentences.length === 0 ? '' : null, certainty: part.certainty }
}

function nearFacts(gap: Part['gap'], { facts }: Program): Fact[] {
  return gap?.near.flatMap((id) => facts.filter((fact) => fact.id === id)) ?? []
}

/** A fact as it may be said today; past its date it is said as what the page gave then. */
function current(fact: Fact, { question, program, locale }: Asking): Sentences {
  const text = wordsOf(fact.say, locale).replaceAll('{program}', wordsOf(program.name, locale))
  if (!mayLeave(text, fact)) return []
  const due = question.today > fact.reviewBy ? ` ${say(program, 'staff-will-confirm', locale)}` : ''
  return [{ text: `${text}${due}`, facts: [fact] }]
}

/** What the verifier found of a fact's own sentence; the same sentence leaves many times. */
const verified = new WeakMap<Fact, Map<string, boolean>>()

function mayLeave(text: string, fact: Fact): boolean {
  const sentences = verified.get(fact) ?? new Map<string, boolean>()
  if (sentences.size === 0) verified.set(fact, sentences)
  const leaves = sentences.get(text) ?? faultOf({ text, facts: [fact] }) === null
  sentences.set(text, leaves)
  return leaves
}

function wordsOf(both: { readonly en: string; readonly es: string }, locale: Locale): string {
  return locale === 'es-US' ? both.es : both.en
}

/** Asked about another program: first that this one speaks for itself alone, then what it says of itself. */
function onlyOwn(replies: readonly Reply[], program: Program, locale: Locale): Said {
  const sure = replies.filter(({ certainty }) => certainty !== 'near')
  const own = inOneBreath(sure, { program, locale, room: SENTENCES_AT_MOST - 1 })
  const other = say(program, 'other-program', locale)
  if (own.facts.length === 0) return plainReply('no-answer', `${other} ${say(program, 'passed-on', locale)}`)
  // That the team hears of it is said once.
  const first = replies.some(({ missing }) => missing !== null) ? other : passedOn(other, program, locale)
  return { ...own, kind: 'partial', text: `${first} ${own.text}`, unanswered: true }
}

/** Topics by their names: "medication-management" and "new-to-recovery" are not about money. */
const insurance =
  /insur|payer|coverage|-cover$|pay|cost|price|medicare|medicaid|(in|of)-network|benefits-check|deductible/
const fitness = /\bfit|qualif|who-for|right-for|level|severe|eligib/

function offersFor(parts: readonly Part[]): Offer[] {
  const offers = new Set<Offer>()
  for (const { topic, kind } of parts) {
    if (kind === 'payer' || insurance.test(topic)) offers.add('check-insurance')
    if (fitness.test(topic)) offers.add('start-screening')
    if (kind === 'gap' || kind === 'refusal') offers.add('talk-to-person')
  }
  return [...offers]
}
