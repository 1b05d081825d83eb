/**
 * The answer: a question and a program's facts in, at most three carried sentences out.
 *
 * Facts already hold the words a person reviewed, so answering is choosing and joining, never
 * composing. Where nothing states what was asked, it says so and passes the question on.
 */
import type { Answer, AnswerKind, Locale, Offer, Question } from './answer-types.ts'
import { cited } from './cited.ts'
import type { Fact } from './fact.ts'
import { payerReply } from './payer-reply.ts'
import type { Program } from './program.ts'
import { type Clause, type Reading, readMessage } from './reading.ts'
import { type Part, retrieve } from './retrieve.ts'
import { statedForThis } from './staff-examples.ts'
import { faultOf } from './verify.ts'
import { say } from './voice.ts'

/** What one part of a question came to, before the parts are joined. */
export interface Reply {
  readonly sentences: readonly { readonly text: string; readonly facts: readonly Fact[] }[]
  /** Set when the part is not known: what to say of it. */
  readonly missing: string | null
  /** True when the sentences are what stands nearest, and may not be what was asked. */
  readonly isNearest?: boolean
}

const SENTENCES_AT_MOST = 3

/** Pure: the same question of the same program on the same day has the same answer. */
export function answer(question: Question, program: Program): Answer {
  const reading = readMessage(question.text, program.words)
  carryClauses(question, reading)
  const locale = localeOf(reading, question.locale)
  const found = retrieve(reading, program, earlierClauses(question, program))
  const stated = found.parts.some(({ kind }) => guardedKinds.has(kind)) ? null : statedForThis(reading, program)
  const { parts, isQuestion } = stated ? { parts: [stated], isQuestion: true } : found
  const base = { locale, offers: offersFor(parts), isQuestion }
  if (parts.length === 0)
    return { ...base, ...plainReply('clarify', say(program, 'what-to-know', locale)), isQuestion: false }
  const refused = parts.find((part) => part.kind === 'refusal' || part.kind === 'privacy-refusal')
  if (refused) return { ...base, ...plainReply(refused.kind as AnswerKind, say(program, refused.topic, locale)) }
  if (namesAnother(reading, program)) return { ...base, ...plainReply('no-answer', otherProgram(program, locale)) }
  const replies = parts.map((part) => replyTo(part, { question, program, locale }))
  return { ...base, ...joinReplies(replies, program, locale) }
}

/** What is never answered, whoever states what. */
const guardedKinds: ReadonlySet<Part['kind']> = new Set(['refusal', 'privacy-refusal'])

/** A question about another program is never answered from this one's facts. */
function namesAnother(reading: Reading, program: Program): boolean {
  const words = ` ${reading.clauses.flatMap((clause) => clause.words).join(' ')} `
  return program.otherNames.some((name) => words.includes(` ${name} `))
}

function otherProgram(program: Program, locale: Locale): string {
  return `${say(program, 'other-program', locale)} ${say(program, 'passed-on', locale)}`
}

function localeOf(reading: Reading, locale: Locale): Locale {
  if (reading.tongue === null) return locale
  return reading.tongue === 'es' ? 'es-US' : 'en-US'
}

const EARLIER_MAX = 500

/** The question itself is the last of what was said; an earlier turn is read once while the talk holds it. */
function earlierClauses(question: Question, program: Program): readonly Clause[] {
  const said = (question.saidBefore ?? []).filter(({ role, text }) => role === 'user' && text !== question.text)
  return said.slice(-2).flatMap((turn) => {
    const known = turnsRead.get(turn)
    if (known) return known
    const { clauses } = readMessage(turn.text.slice(0, EARLIER_MAX), program.words)
    turnsRead.set(turn, clauses)
    return clauses
  })
}

const turnsRead = new WeakMap<object, readonly Clause[]>()

/** The question is the last turn of what was said: the next question finds it read already. */
function carryClauses({ text, saidBefore = [] }: Question, { clauses }: Reading): void {
  const own = saidBefore.at(-1)
  if (own?.role === 'user' && own.text === text && text.length <= EARLIER_MAX) turnsRead.set(own, clauses)
}

function plainReply(kind: AnswerKind, text: string): Pick<Answer, 'kind' | 'text' | 'facts' | 'unanswered'> {
  return { kind, text, facts: [], unanswered: kind === 'no-answer' }
}

interface Asking {
  readonly question: Question
  readonly program: Program
  readonly locale: Locale
}

function replyTo(part: Part, asking: Asking): Reply {
  const { program, locale, question } = asking
  if (part.kind === 'payer') return payerReply(question.text, program, locale)
  if (part.kind === 'gap') {
    const missing = part.gap ? wordsOf(part.gap.say, locale) : ''
    return { sentences: [], missing }
  }
  const sentences = part.facts.flatMap((fact) => current(fact, asking))
  return { sentences, missing: sentences.length === 0 ? '' : null, isNearest: !part.isSure }
}

/** A fact as it may be said today; past its date it is said as what the page gave then. */
function current(fact: Fact, { question, program, locale }: Asking): Reply['sentences'] {
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

function joinReplies(
  replies: readonly Reply[],
  program: Program,
  locale: Locale,
): Pick<Answer, 'kind' | 'text' | 'facts' | 'unanswered'> {
  const missing = replies.filter((reply) => reply.missing !== null)
  const known = inTurn(replies.filter((reply) => reply.sentences.length > 0))
  const nearby = missing.find((reply) => reply.missing !== '')?.missing ?? ''
  if (known.length === 0) {
    const text = nearby === '' ? say(program, 'no-answer', locale) : `${nearby} ${say(program, 'passed-on', locale)}`
    return plainReply('no-answer', text)
  }
  const after = closing(missing.length > 0 ? nearby : null, program, locale)
  const chosen = fitting(known, SENTENCES_AT_MOST - after.length)
  const isNearest = replies.some((reply) => reply.isNearest)
  const said = chosen.map(({ text }) => text)
  // A sentence that itself says what the page leaves open needs no more care.
  const isOpenItself = said.length === 1 && leavesOpen.test(said[0]!)
  if (isNearest && after.length === 0 && !isOpenItself)
    said[0] = say(program, 'nearest', locale).replace('{fact}', said[0]!)
  const text = [...said, ...after].join(' ')
  const facts = [...new Set(chosen.flatMap((sentence) => sentence.facts))].flatMap((fact) => cited(fact, text))
  const partial = after.length > 0 || isNearest || said.some((one) => leavesOpen.test(one))
  return { kind: partial ? 'partial' : 'answer', text, facts, unanswered: partial }
}

/** What is said after the facts when a part of the question is not known; null when all of it is. */
function closing(nearby: string | null, program: Program, locale: Locale): string[] {
  if (nearby === null) return []
  if (nearby === '') return [say(program, 'part-missing', locale)]
  return [nearby, say(program, 'passed-on', locale)]
}

/** A reviewed sentence that itself says what the page leaves open is a partial answer. */
const leavesOpen =
  /(does not (say|mention|promise|name)|gives no|the team must|team will confirm|no (dice|da|menciona|promete|lo promete|lo afirma|nombra la)|lo debe)/

/** First sentence of each part, then second ones: no part of a question is crowded out by another. */
function inTurn(replies: readonly Reply[]): Reply['sentences'] {
  const longest = Math.max(0, ...replies.map((reply) => reply.sentences.length))
  const order = Array.from({ length: longest }, (_, at) => replies.flatMap((reply) => reply.sentences[at] ?? []))
  const seen = new Set<string>()
  return order.flat().filter(({ text }) => !seen.has(text) && seen.add(text))
}

function fitting(sentences: Reply['sentences'], room: number): Reply['sentences'] {
  const chosen: Reply['sentences'][number][] = []
  let used = 0
  for (const sentence of sentences) {
    const count = sentence.text.match(/[.?](?=\s|$)/g)?.length ?? 1
    if (used > 0 && used + count > room) continue
    chosen.push(sentence)
    used += count
  }
  return chosen
}

const insurance = /insur|payer|cover|pay|cost|price|medica|network|benefit|deductible/
const fitness = /fit|qualif|who-for|right-for|level|severe|eligib/

function offersFor(parts: readonly Part[]): Offer[] {
  const offers = new Set<Offer>()
  for (const { topic, kind } of parts) {
    if (kind === 'payer' || insurance.test(topic)) offers.add('check-insurance')
    if (fitness.test(topic)) offers.add('start-screening')
    if (kind === 'gap' || kind === 'refusal') offers.add('talk-to-person')
  }
  return [...offers]
}
