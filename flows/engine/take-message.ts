/**
 * A message that is no danger sign: an answer, a command, a correction, a question, or the visitor's own words.
 *
 * The order matters: an option said outright first, then commands, then a correction, then what can be
 * read as the answer; what is left is asked of the knowledge base.
 */
import { languageOf } from '../safety/language.ts'
import type { ScreenedMessage } from '../safety/screen.ts'
import { isDangerLabel } from '../safety/verdict.ts'
import { meetsAnger } from './anger.ts'
import { takeAtCheckIn } from './at-check-in.ts'
import { changesBooking } from './booking.ts'
import { checkIn, pendingCheckIn } from './check-in.ts'
import { coverageWords } from './coverage.ts'
import { replyInDanger } from './crisis-reply.ts'
import { doCommand } from './do-command.ts'
import { change, type Draft, forget, keep, note, noted, tell } from './draft.ts'
import { takeFeedback } from './feedback.ts'
import { CLOSING_FLOW, fingerprint } from './library.ts'
import { SSN_MASK, textOf } from './masking.ts'
import { bubble, phrase } from './message.ts'
import { askOpenly, askPending, type Pending, pendingOf } from './question.ts'
import { reachAgain } from './reach-again.ts'
import { isCorrection, repair } from './repair.ts'
import { beginComingBack, isReturnWord, returnCodeIn } from './saved.ts'
import { knowSpeaker } from './speaker.ts'
import {
  clarifyOnce,
  give,
  giveAsTyped,
  giveVolunteered,
  keepOutright,
  keepsAsTyped,
  keepVolunteered,
  refuse,
  WORDS_MAX,
} from './take-answer.ts'
import { exactChoice } from './understand/choice.ts'
import { type Command, commandIn } from './understand/commands.ts'
import { emailIn, phoneIn } from './understand/contact.ts'
import { asksAboutCoverage } from './understand/coverage-question.ts'
import { isGrief } from './understand/grief.ts'
import { asksOfProgram } from './understand/program-question.ts'
import { asksInAnyOrder } from './understand/question-words.ts'
import { understand } from './understand/understand.ts'
import { volunteered } from './understand/volunteered.ts'
import { isBareRefusal, yesOrNo } from './understand/yes-no.ts'
import { rewalk } from './walk.ts'
import { comfort, endWarmth, mourn } from './warmth.ts'

export function takeMessage(draft: Draft, message: ScreenedMessage): void {
  if (draft.state.staff !== null) return
  endWarmth(draft)
  const { verdict } = message
  const text = textOf(draft, message)
  if (
    verdict.outcome === 'check-in' &&
    isDangerLabel(verdict.label) &&
    !draft.state.crisis?.open &&
    !isOffered(draft, text)
  ) {
    keepOutright(draft, text)
    knowSpeaker(draft, text)
    if (checkIn(draft, { label: verdict.label, who: verdict.who })) return
  }
  const command = commandIn(text)
  if (command?.type !== 'language') followLanguage(draft, text)
  if (isGrief(text)) mourn(draft)
  else if (verdict.label === 'distress' && !isOffered(draft, text) && !isCorrection(text)) comfort(draft)
  if (draft.state.crisis?.open) {
    command?.type === 'language' ? doCommand(draft, command) : replyInDanger(draft, text)
    return
  }
  const checked = pendingCheckIn(draft)
  if (checked !== null) {
    takeAtCheckIn(draft, checked, text)
    return
  }
  const pending = pendingOf(draft)
  if (!pending) {
    rewalk(draft)
    return
  }
  takeText(draft, pending, toOffer(draft, pending, text))
}

/** "Yes" right after an offer takes it up: the insurance check, or a person. */
function toOffer(draft: Draft, pending: Pending, text: string): string {
  const offered = noted(draft.state, 'offered')
  if (offered === null) return text
  forget(draft, ['note.offered'])
  return pending.asked.isOpen && yesOrNo(text) === 'yes' ? offered : text
}

function takeText(draft: Draft, pending: Pending, text: string): void {
  const code = returnCodeIn(text)
  if (code !== null && pending.asked.isOpen) {
    beginComingBack(draft, code)
    return
  }
  if (text.includes(SSN_MASK)) {
    clarifyOnce(draft, phrase(draft, 'ssn-seen'), false)
    return
  }
  if (skipsBlock(draft, pending, text)) {
    skipBlock(draft, pending.asked.block!, text)
    return
  }
  const outright = exactChoice(pending.asked.options, text)
  const command: Command | null =
    outright === 'person' || outright === 'start-over' ? { type: outright } : commandIn(text)
  if (command && (outright === null || command.type === outright)) {
    doCommand(draft, command)
    return
  }
  if (outright === null && takeFeedback(draft, text)) return
  if (outright !== null) {
    give(draft, pending, { value: pending.asked.input === 'multi' ? [outright] : outright, said: text })
    return
  }
  if (pending.asked.isOpen && !text.includes('?') && yesOrNo(text) === 'no') {
    // "What else" is for somebody who has asked something.
    if (noted(draft.state, 'answered') === null) askPending(draft, true)
    else askOpenly(draft, phrase(draft, 'what-else'))
    return
  }
  if (asksAboutCoverage(text) && draft.state.coverage.state !== 'unknown') {
    askPending(draft, true, coverageWords(draft))
    return
  }
  if (changesBooking(draft, text) || repair(draft, text) || meetsAnger(draft, text)) return
  takeWords(draft, pending, text)
}

function skipsBlock(draft: Draft, pending: Pending, text: string): boolean {
  return pending.asked.block !== null && exactChoice([draft.world.flows.phrases.skipThese], text) !== null
}

/** What was answered of the block stays; the script goes on behind it. */
function skipBlock(draft: Draft, block: string, text: string): void {
  keep(draft, block, { value: 'no', said: text })
  rewalk(draft)
}

/** A number or an address given while another question about contact is open, or after all: what was left open is told. */
function takeContact(draft: Draft, pending: Pending, text: string): boolean {
  const isLate = pending.place.flow === CLOSING_FLOW && draft.state.disposition === 'information'
  if (pending.place.flow !== 'contact' && !(isLate && draft.state.answers['contact-asked'])) return false
  const phone = phoneIn(text, draft.state.region)
  const email = emailIn(text)
  if (phone === null && email === null) return false
  if (isLate) reachAgain(draft)
  if (phone !== null) keep(draft, 'phone', { value: phone, said: text })
  if (email !== null) keep(draft, 'email', { value: email, said: text })
  const by = phone !== null && email !== null ? 'both' : phone !== null ? 'phone' : 'email'
  if (draft.state.answers['reach-by'] === undefined) keep(draft, 'reach-by', { value: by, said: text })
  rewalk(draft)
  return true
}

function takeWords(draft: Draft, pending: Pending, text: string): void {
  const where = { region: draft.state.region, today: draft.at.slice(0, 10) }
  const read = understand(pending.asked, text, where)
  if (read.type === 'answer') {
    give(draft, pending, { value: read.value, said: text })
    return
  }
  if (read.type === 'refused') {
    refuse(draft, pending, text)
    return
  }
  if (read.type === 'check' && draft.state.misses > 0 && keepsAsTyped(pending, read.phrase)) {
    giveAsTyped(draft, pending, text)
    return
  }
  if (read.type === 'check') {
    clarifyOnce(draft, phrase(draft, read.phrase), true)
    return
  }
  if (takeContact(draft, pending, text)) return
  const said = volunteered(text)
  // "My sister swears by yoga. Do you have it?" first asks; whom it is for is kept and not taken up.
  if (pending.asked.isOpen && asksInAnyOrder(text)) keepVolunteered(draft, said, text)
  else if (said.some((one) => draft.state.answers[one.name] === undefined) && giveVolunteered(draft, said, text)) return
  if (isSaidAgain(draft, pending, text)) {
    if (pending.asked.input === 'text') give(draft, pending, { value: text.trim().slice(0, WORDS_MAX), said: text })
    else clarifyOnce(draft, phrase(draft, 'not-understood'), true)
    return
  }
  // What is no answer here and names something of the program asks for it: "deductible", "medicaid?".
  const isOpen = pending.asked.isOpen || (pending.asked.input !== 'text' && asksOfProgram(text))
  draft.effects.push({ type: 'answer-question', question: text, isOpen })
}

/** The same words again at the same question: at one for words they are the answer, elsewhere a miss. Never a loop. */
function isSaidAgain(draft: Draft, pending: Pending, text: string): boolean {
  if (pending.asked.isOpen || text.includes('?')) return false
  const mark = `${pending.asked.answer} ${fingerprint(text)}`
  if (noted(draft.state, 'said-at') === mark) return true
  note(draft, 'said-at', mark)
  return false
}

/**
 * Words that we put into the visitor's mouth (a choice of the question, "prefer not to say", a command) leave
 * no doubt to ask about. A refused safety question counts as positive by itself.
 */
function isOffered(draft: Draft, text: string): boolean {
  const pending = pendingOf(draft)
  if (pendingCheckIn(draft) !== null && yesOrNo(text) !== null) return true
  return (
    isBareRefusal(text) ||
    returnCodeIn(text) !== null ||
    isReturnWord(pending, text) ||
    commandIn(text) !== null ||
    (pending !== null &&
      (exactChoice(pending.asked.options, text) !== null ||
        skipsBlock(draft, pending, text) ||
        isFigure(draft, pending, text)))
  )
}

/** A number, a date or an address where one was asked for says nothing else. */
function isFigure(draft: Draft, pending: Pending, text: string): boolean {
  if (!['number', 'date', 'phone', 'email', 'member-id'].includes(pending.asked.input)) return false
  const where = { region: draft.state.region, today: draft.at.slice(0, 10) }
  return understand(pending.asked, text, where).type === 'answer'
}

/**
 * Somebody who begins in the other language is answered in it; later on two sentences in a row must be in it,
 * because a name or a quotation is no wish to change.
 */
function followLanguage(draft: Draft, text: string): void {
  const language = languageOf(text)
  if (language === null || language === draft.state.locale) {
    if (noted(draft.state, 'other-language') !== null && language !== null) forget(draft, ['note.other-language'])
    return
  }
  const isBeginning = draft.state.trail.length <= 1
  if (!isBeginning && noted(draft.state, 'other-language') !== language) {
    note(draft, 'other-language', language)
    return
  }
  change(draft, { locale: language })
  tell(draft, bubble(phrase(draft, 'language-changed'), language, { kind: 'notice' }))
}
