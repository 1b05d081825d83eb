/**
 * Understands the answer to a pending question without a model.
 *
 * What cannot be read with confidence is not guessed: it is a question for the knowledge base, or asked
 * again with buttons.
 */
import type { GivenAnswer } from '../../conversation.ts'
import type { Region } from '../../vocabulary.ts'
import type { Asked } from '../message.ts'
import type { PhraseName } from '../phrases.ts'
import { chooseOne, chooseSeveral, exactChoice } from './choice.ts'
import { emailIn, looksLikeId, memberIdIn, phoneIn } from './contact.ts'
import { understandDate } from './dates.ts'
import { fold } from './fold.ts'
import { chooseOnScale } from './frequency.ts'
import { nameIn } from './names.ts'
import { understandNumber } from './numbers.ts'
import { ageByYear, ageGiven } from './own-age.ts'
import { stateIn } from './places.ts'
import { looksLikeQuestion } from './question-words.ts'
import { isRefusal, yesOrNo } from './yes-no.ts'

export type Understanding =
  | { readonly type: 'answer'; readonly value: GivenAnswer['value'] }
  | { readonly type: 'refused' }
  /** Nearly understood: what to say before asking again. */
  | { readonly type: 'check'; readonly phrase: PhraseName }
  | { readonly type: 'not-understood' }

export interface Place {
  readonly region: Region
  /** YYYY-MM-DD where the program is. */
  readonly today: string
}

const lost: Understanding = { type: 'not-understood' }
const TEXT_MAX = 1_000
const PAYER_MAX = 120

export function understand(asked: Asked, text: string, place: Place): Understanding {
  const trimmed = text.trim()
  if (trimmed === '') return lost
  if (isRefusal(trimmed) && !hasOptionFor(asked, trimmed)) return { type: 'refused' }
  // "No" or "nothing" to "in your own words?" is no story for staff to read first.
  const isFree = asked.field === 'own-words' || asked.field === 'organization'
  if (isFree && /^(?:no|nope|nah|nothing|none|nada|ninguno|ninguna)$/.test(fold(trimmed))) return { type: 'refused' }
  const value = read(asked, trimmed, place)
  if (value === null) return isNoToFigure(asked, trimmed) ? { type: 'refused' } : lost
  if (typeof value === 'object' && 'check' in value) return { type: 'check', phrase: value.check }
  return { type: 'answer', value: value as GivenAnswer['value'] }
}

/** "No" to "which number is best?" is an answer: none is given. */
function isNoToFigure(asked: Asked, text: string): boolean {
  return ['phone', 'email', 'member-id', 'date'].includes(asked.input) && yesOrNo(text) === 'no'
}

function hasOptionFor(asked: Asked, text: string): boolean {
  return chooseOne(asked.options, text) !== null
}

type Read = GivenAnswer['value'] | { readonly check: PhraseName }

function read(asked: Asked, text: string, place: Place): Read {
  switch (asked.input) {
    case 'choice':
      if (asked.isOpen && yesOrNo(text) === 'yes') return asked.options[0]?.value ?? null
      return isElsewhere(asked, text) ? null : (chooseOne(asked.options, text) ?? chooseOnScale(asked.options, text))
    case 'consent':
      return yesOrNo(text) ?? chooseOne(asked.options, text)
    case 'multi':
      return several(asked, text)
    case 'number':
      return numberWithin(asked, text, place)
    case 'date':
      return dateOf(text, place)
    case 'phone':
      return phoneIn(text, place.region) ?? (/\d{3}/.test(text) ? { check: 'check-phone' } : null)
    case 'email':
      return emailIn(text) ?? (text.includes('@') ? { check: 'check-email' } : null)
    case 'member-id':
      return memberIdIn(text) ?? (looksLikeId(text) ? { check: 'check-member-id' } : null)
    case 'photo':
      return chooseOne(asked.options, text)
    case 'text':
      return freeText(asked, text, place)
  }
}

/** "Do you take people who are patients already?" asks something; at an open question so does any long text. */
function isElsewhere(asked: Asked, text: string): boolean {
  const isLong = text.split(/\s+/).length > 4
  if (exactChoice(asked.options, text) !== null) return false
  return asked.isOpen ? isLong || looksLikeQuestion(text) : isLong && looksLikeQuestion(text)
}

function several(asked: Asked, text: string): Read {
  const found = chooseSeveral(asked.options, text)
  if (found) return found
  return yesOrNo(text) === 'no' && asked.options.some((option) => option.value === 'none') ? ['none'] : null
}

function numberWithin(asked: Asked, text: string, place: Place): Read {
  const isAge = asked.field === 'age' || asked.answer === 'age'
  const byYear = isAge ? ageByYear(text, place.today, true) : null
  if (byYear === 'unsure') return { check: 'age-in-years' }
  const value = byYear ?? (isAge ? ageGiven(text) : understandNumber(text))
  if (value === null) return null
  const isOutside = (asked.min !== null && value < asked.min) || (asked.max !== null && value > asked.max)
  return isOutside ? { check: 'number-range' } : value
}

function dateOf(text: string, place: Place): Read {
  const found = understandDate(text, place.today)
  if (!found) return null
  return found.type === 'either'
    ? { check: 'which-date' }
    : found.date > place.today || found.date < oldest(place.today)
      ? { check: 'check-date' }
      : found.date
}

const YEARS_AT_MOST = 120

/** Nobody was born, and nothing that is asked for happened, before this day. */
function oldest(today: string): string {
  return `${Number(today.slice(0, 4)) - YEARS_AT_MOST}${today.slice(4)}`
}

function freeText(asked: Asked, text: string, place: Place): Read {
  const chosen = asked.options.length > 0 ? chooseOne(asked.options, text) : null
  if (chosen !== null) return chosen
  if (looksLikeQuestion(text) && !(asked.field === 'own-words' && !/[?¿]/.test(text))) return null
  if (asked.field === 'address-level1' && place.region === 'US') return stateIn(text)
  if (asked.field === 'given-name' || asked.field === 'name') return nameIn(text)
  if (asked.field === 'payer') return payerIn(text)
  return text.slice(0, TEXT_MAX)
}

/** "No" to "which insurance?" means none; "yes" names nothing. */
function payerIn(text: string): string | null {
  const verdict = yesOrNo(text)
  if (verdict !== null) return verdict === 'no' ? 'no-insurance' : null
  return /\p{L}{2}/u.test(text) ? text.slice(0, PAYER_MAX) : null
}
