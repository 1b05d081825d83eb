/**
 * Phone numbers, e-mail addresses and member ids in any usual form: normalised, hinted at, never refused.
 */
import type { Region } from '../../vocabulary.ts'

/** The number as `+1 609 555 0123`, or null when there are not enough digits. */
export function phoneIn(text: string, region: Region): string | null {
  const match = /(?:\+|00)?\(?\d[\d\s().\-/–]{5,22}\d/.exec(spelled(text))
  if (!match) return null
  const digits = match[0].replaceAll(/\D/g, '')
  const isForeign = /^(\+|00)/.test(match[0].trim())
  if (region === 'US' && !isForeign) return american(digits)
  if (region === 'IN' && !isForeign) return indian(digits)
  const international = digits.replace(/^00/, '')
  if (international.startsWith('1') && international.length === 11) return american(international)
  if (international.startsWith('91') && international.length === 12) return indian(international)
  return international.length >= 8 && international.length <= 15 ? `+${international}` : null
}

/** North American: area code and exchange begin with 2–9. */
function american(digits: string): string | null {
  const ten = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
  if (!/^[2-9]\d{2}[2-9]\d{6}$/.test(ten)) return null
  return `+1 ${ten.slice(0, 3)} ${ten.slice(3, 6)} ${ten.slice(6)}`
}

/** Indian mobile numbers begin with 6–9; landlines carry their area code. */
function indian(digits: string): string | null {
  const ten = digits.replace(/^91(?=\d{10}$)/, '').replace(/^0(?=\d{10}$)/, '')
  return /^[1-9]\d{9}$/.test(ten) ? `+91 ${ten.slice(0, 5)} ${ten.slice(5)}` : null
}

const digitWords: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  cero: '0',
  uno: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
}

/** "six oh nine 555 0123" → digits, when nearly all of it is digits. */
function spelled(text: string): string {
  return text.replaceAll(/[a-záéíóú]+/gi, (word) => digitWords[word.toLowerCase()] ?? word)
}

export function emailIn(text: string): string | null {
  const plain = text
    .replaceAll(/\s{0,9}(?:\(at\)|\[at\]|\s(?:at|arroba)\s)\s{0,9}/gi, '@')
    .replaceAll(/\s{0,9}(?:\(dot\)|\[dot\]|\s(?:dot|punto)\s)\s{0,9}/gi, '.')
  const match = /[a-z0-9._%+'-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}/i.exec(plain)
  return match ? match[0].replace(/(?<!\.)\.+$/, '').toLowerCase() : null
}

/** Trimmed, upper-case, without spaces, dashes and dots; null when there is no id in it. */
export function memberIdIn(text: string): string | null {
  const whole = normalId(text)
  if (whole !== null) return whole
  const words = text.trim().split(/\s+/)
  const first = words.findIndex((word) => /\d/.test(word))
  return first === -1 ? null : normalId(words.slice(first).join(' '))
}

/** Too long, too short or oddly written for an id, and yet meant as one: asked once more, then kept as it stands. */
export function looksLikeId(text: string): boolean {
  return /\d{3}/.test(text) || (!/\s/.test(text.trim()) && text.replaceAll(/\D/g, '').length >= 3)
}

function normalId(text: string): string | null {
  const id = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s.\-–#]/g, '')
  return /^(?=(?:.*\d){3})[A-Z0-9]{5,20}$/.test(id) && !/[A-Z]{6}/.test(id) ? id : null
}
