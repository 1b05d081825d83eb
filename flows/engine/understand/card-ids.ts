/**
 * Numbers on insurance cards: what they usually look like, as a hint and never as a reason to refuse.
 *
 * Plans, prefixes and administrators change, and a card in the hand is right. So a number is taken as it
 * was typed, and a person is told that it looks unusual (domain reference 3.2).
 */
import type { PhraseName } from '../phrases.ts'

/**
 * A Medicare Beneficiary Identifier: 11 characters, letters without S L O I B Z; dashes are only printed.
 *
 * @see CMS, "Understanding the Medicare Beneficiary Identifier (MBI) format".
 */
export function isMedicareId(id: string): boolean {
  const letter = 'AC-HJKMNP-RT-Y'
  const any = `0-9${letter}`
  return new RegExp(`^[1-9][${letter}][${any}]\\d[${letter}][${any}]\\d[${letter}]{2}\\d{2}$`).test(id)
}

/** Blue plans print three letters or digits before the number; the federal plan an R and eight digits. */
function hasBluePrefix(id: string): boolean {
  return /^(?=[A-Z0-9]{0,2}[A-Z])[A-Z0-9]{3}[A-Z0-9]{6,17}$/.test(id) || /^R\d{8}$/.test(id)
}

/** Horizon BCBSNJ: prefix, `3HZN`, then the part that providers use. */
export function isHorizonId(id: string): boolean {
  return /^[A-Z0-9]{3}3HZN\d{6,10}$/.test(id)
}

/** A National Provider Identifier: ten digits whose last one is Luhn's check over 80840 and the nine before. */
export function isNpi(id: string): boolean {
  if (!/^[12]\d{9}$/.test(id)) return false
  const sum = [...`80840${id}`].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

const blue = /blue cross|bcbs|blue shield|anthem|empire/i

/** What to say of a number that looks unusual for its payer; null when it does not. */
export function hintFor(payer: string | null, id: string): PhraseName | null {
  if (payer !== null && /^medicare\b/i.test(payer)) return isMedicareId(id) ? null : 'hint-mbi'
  if (payer !== null && /horizon/i.test(payer)) return isHorizonId(id) || hasBluePrefix(id) ? null : 'hint-prefix'
  if (payer !== null && blue.test(payer)) return hasBluePrefix(id) ? null : 'hint-prefix'
  return id.length < 7 || id.length > 16 ? 'hint-id' : null
}
