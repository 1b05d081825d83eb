/**
 * Corrections: "actually I'm 36", "change my insurance", "wait, it's for my sister".
 *
 * The answer is corrected wherever it was given, what depended on it is set aside, and the script is
 * walked again: it stops at whatever is now open. One sentence says what changed.
 */
import { change, type Draft, forget, keep, tell } from './draft.ts'
import { askedBy, bubble, phrase } from './message.ts'
import { askPending, pendingOf } from './question.ts'
import { asksOf, wordsOfAnswer } from './review.ts'
import { setAside } from './set-aside.ts'
import { emailIn, phoneIn } from './understand/contact.ts'
import { fold } from './understand/fold.ts'
import { ageByYear, tellsBirthYear } from './understand/own-age.ts'
import { looksLikeQuestion } from './understand/question-words.ts'
import { understand } from './understand/understand.ts'
import { type Volunteered, volunteered } from './understand/volunteered.ts'
import { rewalk } from './walk.ts'

const opens =
  /^(?:no |oh |oops |sorry |wait |hold on |um |well |perdon |espere |ay )*(?:actually|i meant|i mean|correction|i made a mistake|that was wrong|thats wrong|i said .{1,20} but|let me correct|en realidad|quise decir|me equivoque|corrijo|mejor dicho|wait|espere|sorry|perdon|oops)\b/
const changes =
  /^(?:can i |could i |i want to |i need to |id like to |let me |please |how do i |quiero |necesito |puedo |quisiera )*(?:change|update|correct|edit|fix|redo|cambiar|corregir|actualizar|editar)\b(?: (?:my|the|mi|la|el|what i said about|lo de))? ?(.*)$/

const namesOfAnswers: readonly (readonly [string, RegExp])[] = [
  ['age', /\b(?:age|birth|edad|anos)\b/],
  ['for-whom', /\b(?:who its for|who it is for|whom|para quien)\b/],
  ['payer', /\b(?:insurance|plan|insurer|payer|seguro|aseguranza|aseguradora)\b/],
  ['member-id', /\b(?:member|id number|numero de miembro|id)\b/],
  ['phone', /\b(?:phone|cell|number|telefono|celular|numero)\b/],
  ['email', /\b(?:e-?mail|correo)\b/],
  ['name', /\b(?:name|nombre)\b/],
  ['pronouns', /\b(?:pronouns?|pronombres?)\b/],
  ['state', /\b(?:state|estado|where i live|donde vivo)\b/],
  ['best-time', /\b(?:time|hora|horario|when)\b/],
]

const CORRECTION_WORDS = 8

/** "Perdón, en realidad tengo 36": puts one thing right and tells nothing else. */
export function isCorrection(text: string): boolean {
  const folded = fold(text)
  return (
    folded.split(' ').length <= CORRECTION_WORDS &&
    opens.test(folded) &&
    (volunteered(text).length > 0 || tellsBirthYear(text))
  )
}

/** @returns whether the message was a correction and has been dealt with. */
export function repair(draft: Draft, text: string): boolean {
  const folded = fold(text)
  const asksToChange = changes.exec(folded)
  if (asksToChange) return reopen(draft, asksToChange[1] ?? '')
  const tellsAge = draft.state.answers.age !== undefined && tellsBirthYear(text)
  if (!(opens.test(folded) || tellsAge) || looksLikeQuestion(text)) return false
  const corrected = correctionIn(draft, text)
  if (corrected === 'unsure') {
    askPending(draft, true, phrase(draft, 'age-in-years'))
    return true
  }
  if (corrected.length === 0) return false
  return correct(draft, corrected, text)
}

/** "change my insurance": that question is asked again, and what hung on it with it. */
function reopen(draft: Draft, what: string): boolean {
  const named = namesOfAnswers.filter(([, pattern]) => pattern.test(what)).map(([answer]) => answer)
  if (named.length === 0) return false
  const name = named.find((answer) => draft.state.answers[answer] !== undefined)
  if (name === undefined) {
    askPending(draft, true, phrase(draft, 'nothing-to-change'))
    return true
  }
  forget(draft, [name, ...hangsOn(name)])
  resume(draft)
  return true
}

function hangsOn(name: string): string[] {
  return name === 'payer'
    ? [
        'payer-company',
        'plan-type',
        'whose-plan',
        'consent-payer',
        'member-id',
        'group-number',
        'card-photo',
        'note.looked-up-payer',
        'note.looked-up-payer-company',
        'note.payer-kind',
        'note.payer-way',
        'note.told-coverage',
        'review',
      ]
    : ['review']
}

/** What the correction says, as far as it was answered before: age, whom, phone, e-mail, or the last question. */
function correctionIn(draft: Draft, text: string): Volunteered | 'unsure' {
  const { answers } = draft.state
  const rest = text.replace(
    /^\s*(?:(?:no|oh|oops|sorry|wait|actually|i meant|i mean|correction|en realidad|quise decir|me equivoqué|me equivoque|perdón|perdon|espere|mejor dicho)[\s,.:;–-]*)+/i,
    '',
  )
  const said = volunteered(rest).filter((one) => answers[one.name] !== undefined || one.name === 'for-whom')
  if (said.length > 0) return said
  const years = answers.age ? ageByYear(rest, draft.at.slice(0, 10)) : null
  if (years !== null) return years === 'unsure' ? years : [{ name: 'age', value: years }]
  const phone = answers.phone ? phoneIn(rest, draft.state.region) : null
  if (phone) return [{ name: 'phone', value: phone }]
  const email = answers.email ? emailIn(rest) : null
  if (email) return [{ name: 'email', value: email }]
  return fromLastAnswer(draft, rest)
}

/** "oops, I meant yesterday": the question before the pending one, when the words fit it and not the pending one. */
function fromLastAnswer(draft: Draft, rest: string): Volunteered {
  const pending = pendingOf(draft)
  const where = { region: draft.state.region, today: draft.at.slice(0, 10) }
  const last = draft.state.trail.filter((place) => place.step !== pending?.place.step).at(-1)
  const step = last ? draft.world.flows.flows.get(last.flow)?.steps.find((one) => one.id === last.step) : undefined
  const asked = step ? askedBy(step, draft) : null
  if (!asked || asked.input === 'text' || asked.input === 'consent' || draft.state.answers[asked.answer] === undefined)
    return []
  if (pending && understand(pending.asked, rest, where).type === 'answer') return []
  const read = understand(asked, rest, where)
  return read.type === 'answer' ? [{ name: asked.answer, value: read.value }] : []
}

function correct(draft: Draft, corrected: Volunteered, text: string): boolean {
  const isSame = corrected.every((one) => draft.state.answers[one.name]?.value === one.value)
  if (isSame && !tellsBirthYear(text)) return false
  for (const { name, value } of corrected) keep(draft, name, { value, said: text })
  setAside(draft)
  const { state, world } = draft
  const first = corrected[0]!
  const ask = asksOf(world.flows).get(first.name)
  const heard = ask ? wordsOfAnswer(ask, state.answers[first.name]!, state.locale) : String(first.value)
  keep(draft, 'note.changed', { value: heard, said: '' })
  tell(draft, bubble(`${phrase(draft, 'changed')} ${heard}.`, state.locale, { kind: 'notice' }))
  if (state.disposition === 'handed-off') {
    tell(draft, bubble(phrase(draft, 'after-handoff-change'), state.locale, { kind: 'notice' }))
    askPending(draft, false)
    return true
  }
  resume(draft)
  return true
}

function resume(draft: Draft): void {
  forget(draft, ['review'])
  if (draft.state.disposition === 'handed-off') change(draft, { disposition: null })
  rewalk(draft)
}
