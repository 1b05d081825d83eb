/**
 * What the knowledge base said comes back within the same turn: the answer first, then the script's
 * question where it stood.
 */
import type { BotMessage } from '../activity.ts'
import type { KnowledgeAnswer } from '../conversation.ts'
import { takeLoose } from './aside.ts'
import { askNext, inProtocol } from './crisis.ts'
import { heardWords, laterWords } from './crisis-words.ts'
import { type Draft, note, noted, tell } from './draft.ts'
import { noteAnswered, rememberQuestion } from './feedback.ts'
import { CLOSING_FLOW } from './library.ts'
import { phrase, spoken } from './message.ts'
import { askOpenly, askPending, pendingOf } from './question.ts'
import { isStrayAnswer } from './stray-answer.ts'
import { clarifyOnce, keepOwnWords } from './take-answer.ts'
import { courtesyIn } from './understand/commands.ts'
import { fold } from './understand/fold.ts'
import { asksOfProgram } from './understand/program-question.ts'
import { asksInAnyOrder } from './understand/question-words.ts'
import { walk } from './walk.ts'
import { isWarm } from './warmth.ts'

export function takeAnswered(draft: Draft, question: string, answer: KnowledgeAnswer): void {
  if (draft.state.staff !== null) return
  if (takeLoose(draft) && (!answer.isQuestion || answer.unanswered)) {
    walk(draft)
    return
  }
  if (!answer.isQuestion || isStrayAnswer(draft, question, answer)) {
    noQuestion(draft, question)
    return
  }
  if (isWarm(draft) && !asksInAnyOrder(question)) {
    afterPain(draft, question)
    return
  }
  if (answer.unanswered) rememberQuestion(draft, question, 'unanswered')
  if (draft.state.crisis?.open) {
    answerInDanger(draft, question, answer)
    return
  }
  tell(draft, answerMessage(answer))
  noteAnswered(draft, question)
  askOn(draft, answer)
}

/** A page's fact where it answers what was asked; never the nearest of them, to somebody who may be in danger. */
function answerInDanger(draft: Draft, question: string, answer: KnowledgeAnswer): void {
  if (answer.unanswered) {
    const words = asksOfProgram(question) ? laterWords(draft) : heardWords(draft)
    tell(draft, inProtocol(draft, { kind: 'notice', words: spoken(draft, words) }))
  } else {
    tell(draft, answerMessage(answer))
    noteAnswered(draft, question)
  }
  askNext(draft)
}

/** What an open question offers fits the answer, and comes again only after this many turns without one. */
const OFFER_EVERY = 3

function askOn(draft: Draft, answer: KnowledgeAnswer): void {
  if (!pendingOf(draft)?.asked.isOpen) {
    askPending(draft, true, phrase(draft, 'bridge'))
    return
  }
  const answered = Number(noted(draft.state, 'answered') ?? '0')
  note(draft, 'answered', String(answered + 1))
  if (answered % OFFER_EVERY !== 0) {
    askOpenly(draft, phrase(draft, 'what-else'))
    return
  }
  const offer = offerFor(draft, answer)
  if (offer === null) {
    askPending(draft, true)
    return
  }
  note(draft, 'offered', offer)
  askOpenly(draft, phrase(draft, offer === 'insurance' ? 'offer-insurance' : 'offer-person'))
}

/** The choice of the open question that goes with the answer, while it is one of its choices. */
function offerFor(draft: Draft, answer: KnowledgeAnswer): 'insurance' | 'person' | null {
  const choices = pendingOf(draft)?.asked.options.map((option) => option.value) ?? []
  if (answer.offers.includes('check-insurance') && choices.includes('insurance')) return 'insurance'
  if (answer.offers.includes('start-screening')) return null
  return answer.offers.includes('talk-to-person') && choices.includes('person') ? 'person' : null
}

/** Not a question and not an answer: the visitor's own words, heard once, else asked again with buttons. */
function noQuestion(draft: Draft, text: string): void {
  if (draft.state.crisis?.open) {
    tell(draft, inProtocol(draft, { kind: 'notice', words: spoken(draft, heardWords(draft)) }))
    askNext(draft)
    return
  }
  if (isWarm(draft)) {
    afterPain(draft, text)
    return
  }
  const courtesy = courtesyIn(text)
  if (courtesy) {
    askPending(draft, true, phrase(draft, courtesy))
    return
  }
  const isStory = fold(text).split(' ').length >= 4
  if (isStory && draft.state.answers['own-words'] === undefined && pendingOf(draft)?.place.flow !== CLOSING_FLOW) {
    keepOwnWords(draft, text)
    askPending(draft, true, phrase(draft, 'thanks-words'))
    return
  }
  clarifyOnce(draft, phrase(draft, 'not-understood'), true)
}

/** Pain that asks nothing has had its kind words: no passage of a page, only an offer, and the question that waits. */
function afterPain(draft: Draft, text: string): void {
  const pending = pendingOf(draft)
  if (pending?.place.flow !== CLOSING_FLOW) keepOwnWords(draft, text)
  const offersPerson = pending?.asked.isOpen && pending.asked.options.some(({ value }) => value === 'person')
  if (!offersPerson || noted(draft.state, 'offered-kindly') !== null) {
    askPending(draft, true)
    return
  }
  note(draft, 'offered-kindly', 'yes')
  note(draft, 'offered', 'person')
  askOpenly(draft, phrase(draft, 'offer-person'))
}

function answerMessage(answer: KnowledgeAnswer): BotMessage {
  const facts = [...answer.facts]
  return {
    type: 'message',
    text: answer.text,
    locale: answer.locale,
    ...(facts.length > 0 ? { entities: [citations(answer)] } : {}),
    channelData: { porchlight: { kind: answer.kind, ...(facts.length > 0 ? { facts } : {}) } },
  }
}

function citations(answer: KnowledgeAnswer): NonNullable<BotMessage['entities']>[number] {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    citation: answer.facts.map((fact, index) => ({
      '@type': 'Claim' as const,
      position: index + 1,
      appearance: {
        '@type': 'DigitalDocument' as const,
        name: fact.source.file ?? fact.source.url ?? fact.id,
        ...(fact.source.url === undefined ? {} : { url: fact.source.url }),
        abstract: fact.source.quote,
      },
    })),
  }
}
