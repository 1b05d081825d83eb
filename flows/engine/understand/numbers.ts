/**
 * Numbers as people write them: digits, words in English and Spanish, and an age inside a sentence.
 */
import { fold, words } from './fold.ts'

const units: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  cero: 0,
  un: 1,
  uno: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
  trece: 13,
  catorce: 14,
  quince: 15,
  dieciseis: 16,
  diecisiete: 17,
  dieciocho: 18,
  diecinueve: 19,
  veinte: 20,
  veintiuno: 21,
  veintiun: 21,
  veintidos: 22,
  veintitres: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiseis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
}

/** One word or run of digits as a number; null when it is none. */
export function wordNumber(word: string): number | null {
  const folded = fold(word)
  if (/^\d{1,3}$/.test(folded)) return Number(folded)
  return units[folded] ?? null
}

/** Every number in a text, in order: "thirty-four" and "treinta y cuatro" are one number each. */
export function numbersIn(text: string): number[] {
  const found: number[] = []
  const all = words(text)
  for (let index = 0; index < all.length; index += 1) {
    const value = wordNumber(all[index]!)
    if (value === null) {
      if (/^\d{4,}$/.test(all[index]!)) found.push(Number(all[index]))
      else if (/^(in|at)?hundred$/.test(all[index]!)) found.push(100)
      continue
    }
    const skip = all[index + 1] === 'y' ? 2 : 1
    const unit = wordNumber(all[index + skip] ?? '')
    const isTens = value >= 20 && value % 10 === 0 && !/\d/.test(all[index]!)
    if (isTens && unit !== null && unit > 0 && unit < 10 && !/\d/.test(all[index + skip]!)) {
      found.push(value + unit)
      index += skip
    } else found.push(value)
  }
  return found
}

/** A number that answers "how many" or "how old": the only one in the text, rounded down. */
export function understandNumber(text: string): number | null {
  const decimal = /^\D{0,30}?(\d{1,4})[.,]\d+\D{0,20}$/.exec(text)
  if (decimal) return Number(decimal[1])
  const found = numbersIn(text)
  return found.length === 1 ? found[0]! : null
}

const ageSaid = [
  /\b(?:i am|im|i m|i just turned|i turned|turned|age is|my age is|age|aged|edad|tengo|cumpli|acabo de cumplir)\s+((?:[a-z]+|\d{1,3})(?:[ -](?:y )?[a-z]+)?)\b/,
  /\b((?:[a-z]+[ -])?[a-z]+|\d{1,3}) ?(?:years? old|yrs? old|y\/?o|yo|anos)\b/,
]

/** An age that is said as an age, inside any sentence ("I'm 34 and it's for my son"). */
export function ageIn(text: string): number | null {
  const folded = fold(text)
  for (const pattern of ageSaid) {
    const match = pattern.exec(folded)
    const age = match ? (numbersIn(match[1]!)[0] ?? null) : null
    if (age !== null && age >= 5 && age <= 120) return age
  }
  return null
}
