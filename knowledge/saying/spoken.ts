/**
 * Spoken: what the parts of a question came to, as at most three sentences that say how sure they are.
 *
 * There are three ways of speaking. What the page surely states is said outright. What it states in all
 * likelihood is said as plainly, and after it that there may be more to it than the page gives. What merely stands
 * near is said after that: that nothing is known of just this, and that the team hears of it.
 */
import type { Answer, AnswerKind, Locale } from '../answer-types.ts'
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import type { Certainty } from './choosing.ts'
import { cited } from './cited.ts'
import { withoutRepeats } from './repeats.ts'
import { say } from './voice.ts'

export type Sentences = readonly { readonly text: string; readonly facts: readonly Fact[] }[]

/** What one part of a question came to, before the parts are joined. */
export interface Reply {
  readonly sentences: Sentences
  /** Set when the part is not known: what to say of it. */
  readonly missing: string | null
  /** Beside what is not known: what is known nearby. */
  readonly near?: Sentences
  /** How surely the sentences are what was asked; left out, for sure. */
  readonly certainty?: Certainty
}

export const SENTENCES_AT_MOST = 3

export type Said = Pick<Answer, 'kind' | 'text' | 'facts' | 'unanswered'>

export function plainReply(kind: AnswerKind, text: string): Said {
  return { kind, text, facts: [], unanswered: kind === 'no-answer' }
}

interface Speaking {
  readonly program: Program
  readonly locale: Locale
  /** Sentences at most. */
  readonly room: number
}

export function inOneBreath(replies: readonly Reply[], speaking: Speaking): Said {
  const missing = replies.filter((reply) => reply.missing !== null)
  const known = replies.filter((reply) => reply.sentences.length > 0)
  const unknown = silences(
    missing.flatMap((reply) => reply.missing || []),
    speaking.locale,
  )
  const near = withoutRepeats(inTurn(missing.map(nearOf)))
  if (known.length === 0) return unknownReply(unknown, missing.length > 1 ? near.slice(0, 1) : near, speaking)
  // Three questions or more get a sentence each.
  const room = Math.max(speaking.room, replies.length)
  const open = missing.length === 0 ? [] : [partMissing(unknown, speaking)]
  return knownReply(known, { open, isFirst: replies[0]!.missing !== null }, { ...speaking, room })
}

interface Open {
  /** The sentence on what is not known of another part of the question, if there is one. */
  readonly open: readonly string[]
  /** True when that part was asked first. */
  readonly isFirst: boolean
}

function knownReply(known: readonly Reply[], { open, isFirst }: Open, { program, locale, room }: Speaking): Said {
  const least = leastSure(known)
  const chosen = fitting(withoutRepeats(inTurn(known), known.length), { room: room - open.length, least: known.length })
  const sentences = chosen.map(({ text }) => text)
  // A sentence that itself says what the page leaves open needs no more care.
  const leavesOpen = sentences.some((one) => saysWhatIsOpen.test(one))
  const isBare = sentences.length === 1 && isOpenItself(sentences[0]!)
  const isFramed = least !== 'sure' && open.length === 0 && (least === 'near' || !isBare)
  const isFull = least === 'fairly-sure' && countOf(chosen) >= room
  const frame = isFull ? 'fairly-sure-and-full' : least
  const said = isFramed ? say(program, frame, locale).replace('{facts}', sentences.join(' ')) : sentences.join(' ')
  const text = (isFirst ? [...open, said] : [said, ...open]).join(' ')
  const facts = [...new Set(chosen.flatMap((sentence) => sentence.facts))].flatMap((fact) => cited(fact, text))
  const isPartial = open.length > 0 || least !== 'sure' || leavesOpen
  return {
    kind: isPartial ? 'partial' : 'answer',
    text,
    facts,
    unanswered: open.length > 0 || (isPartial && least !== 'fairly-sure'),
  }
}

/** What itself says what it leaves open needs no care beside others that are sure. */
function leastSure(known: readonly Reply[]): Certainty {
  const all = known.map(({ certainty = 'sure', sentences }) =>
    certainty === 'fairly-sure' && known.length > 1 && sentences.every(({ text }) => isOpenItself(text))
      ? 'sure'
      : certainty,
  )
  return all.includes('near') ? 'near' : all.includes('fairly-sure') ? 'fairly-sure' : 'sure'
}

function nearOf({ near = [] }: Reply): Reply {
  return { sentences: near, missing: null }
}

/** Nothing is known of it: that is said first, and after it what is known nearby. */
function unknownReply(unknown: string, near: Sentences, { program, locale, room }: Speaking): Said {
  if (unknown === '') return plainReply('no-answer', say(program, 'no-answer', locale))
  if (near.length === 0) return plainReply('no-answer', `${unknown} ${say(program, 'passed-on', locale)}`)
  const chosen = fitting(near, { room: room - 1, least: 1 })
  const text = [passedOn(unknown, program, locale), ...chosen.map((sentence) => sentence.text)].join(' ')
  const facts = chosen.flatMap((sentence) => sentence.facts).flatMap((fact) => cited(fact, text))
  return { kind: 'partial', text, facts, unanswered: true }
}

function partMissing(unknown: string, { program, locale }: Speaking): string {
  return unknown === '' ? say(program, 'part-missing', locale) : passedOn(unknown, program, locale)
}

/** Words in common from which on two silences are said as one: "says nothing about weekends or pets". */
const IN_COMMON_FROM = 3

/** All that is not known, as one sentence; '' when nothing better can be said of it. */
function silences(sentences: readonly string[], locale: Locale): string {
  const or = locale === 'es-US' ? 'ni' : 'or'
  const groups: { readonly begins: readonly string[]; said: string }[] = []
  for (const sentence of new Set(sentences.map((one) => one.replace(/[.]$/, '')))) {
    const words = sentence.split(' ')
    const alike = groups.find(({ begins }) => inCommon(begins, words) >= IN_COMMON_FROM)
    if (alike) alike.said += ` ${or} ${words.slice(inCommon(alike.begins, words)).join(' ')}`
    else if (sentence !== '') groups.push({ begins: words, said: sentence })
  }
  const all = groups.map(({ said }, at) => (at === 0 || said.startsWith('I ') ? said : lowered(said)))
  return all.length === 0 ? '' : `${all.join('; ')}.`
}

/** How many first words two sentences share; the last of the second is its own in any case. */
function inCommon(one: readonly string[], other: readonly string[]): number {
  const apart = other.findIndex((word, at) => word !== one[at])
  return apart === -1 ? other.length - 1 : apart
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

export function passedOn(unknown: string, program: Program, locale: Locale): string {
  return say(program, 'and-passed-on', locale).replace('{unknown}', unknown.replace(/[.]$/, ''))
}

/** A reviewed sentence that itself says what the page leaves open is a partial answer. */
const saysWhatIsOpen =
  /(does not (say|mention|promise|name)|gives no|names none|the team must|team will confirm|suggests asking|details vary|varies by|no (dice|da|menciona|promete|lo promete|lo afirma|nombra)|lo debe|sugiere preguntar|detalles varían|varía según)/

/** What is said of an insurer on the list. */
const PROMISES_NOTHING = /is not a promise|no es una promesa/

function isOpenItself(sentence: string): boolean {
  return saysWhatIsOpen.test(sentence) || PROMISES_NOTHING.test(sentence)
}

/** First sentence of each part, then second ones: no part of a question is crowded out by another. */
function inTurn(replies: readonly Reply[]): Sentences {
  const longest = Math.max(0, ...replies.map((reply) => reply.sentences.length))
  const order = Array.from({ length: longest }, (_, at) => replies.flatMap((reply) => reply.sentences[at] ?? []))
  const seen = new Set<string>()
  return order.flat().filter(({ text }) => !seen.has(text) && seen.add(text))
}

/** @param least - sentences that are said whatever room they take: the first ones answer a question each. */
function fitting(sentences: Sentences, { room, least }: { room: number; least: number }): Sentences {
  const chosen: Sentences[number][] = []
  let used = 0
  for (const [at, sentence] of sentences.entries()) {
    const count = countOf([sentence])
    if (at >= least && used + count > room) continue
    chosen.push(sentence)
    used += count
  }
  return chosen
}

function countOf(sentences: Sentences): number {
  return sentences.reduce((sum, { text }) => sum + (text.match(/[.?](?=\s|$)/g)?.length ?? 1), 0)
}
