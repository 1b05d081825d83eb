/**
 * The verifier: every sentence that leaves must be carried by the facts that it cites.
 *
 * It compares what can be compared without understanding: numbers, names of payers and places, times,
 * negation and the care of the wording. Templates and a model pass through the same door; a sentence
 * that fails is dropped, and when none is left nothing was known.
 */
import type { Fact, Modality } from './fact.ts'
import { plain } from './reading/spelling.ts'

export interface Sentence {
  readonly text: string
  readonly facts: readonly Fact[]
}

/** Why a sentence may not leave, or null when it may. */
export type Fault = 'no-fact' | 'number' | 'name' | 'negation' | 'modality' | 'promise'

const numberWords: Record<string, number> = {
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
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  half: 0.5,
  once: 1,
  twice: 2,
  sixto: 6,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  doce: 12,
  quince: 15,
  veinte: 20,
  treinta: 30,
}

const negations =
  /\b(not|no|non|never|none|nothing|nada|without|uninsured|isnt|arent|dont|doesnt|wont|cant|cannot|neither|nor|nunca|sin|ningun[oa]?|ni|tampoco|rather than)\b/
const promises = /\b(guarantee\w*|garantiza\w*|cure[sd]?|we accept your|you are covered|you qualify|best program)\b/
/** Words about money that only a page's own statement allows. */
const paid = /\b(covered|cubiert[oa]s?|in[- ]network for you)\b/
const costless = /\b(?:is|are|it s|its|for|totally|completely) free\b|\bfree of charge\b|\b(?:gratis|gratuit[oa]s?)\b/
const saidCostless = /\b(free|no charge|no cost|complimentary)\b/

const care: Record<Modality, RegExp | null> = {
  always: null,
  condition:
    /\b(if|when|for (those|people|someone)|who|only|once|may|can|who need|si|cuando|quien(es)?|para (quien|personas)|que|solo|puede[ns]?)\b/,
  usually:
    /\b(usual\w*|typical\w*|most\w*|generally|in general|often|many|normalmente|en general|por lo general|suele[n]?|tipic\w*|mayoria|muchos?|muchas?|a menudo|habitual\w*)\b/,
  may: /\b(may|might|can|could|possible|or|puede[ns]?|podria[ns]?|posible|quizas?|poder)\b/,
  'some-programs': /\b(some|many|most|other|algun[oa]s?|much[oa]s|otros|mayoria)\b/,
  'ask-about':
    /\b(ask\w*|check|look|consider|confirm|pregunt\w*|consult\w*|fijarse|mirar|confirm\w*|considerar|fijar\w*|reunir)\b/,
}

/** Names that matter: a capital inside a sentence, beyond the words that every answer may use. */
const commonNames = new Set(
  (
    'iop iops in the our a an it general people page you this for some most many en el la los las un una se nuestra pagina programa personas algunos ' +
    'php mat cbt samhsa aa adhd ptsd lgbtq nj i if'
  ).split(' '),
)

export function faultOf({ text, facts }: Sentence): Fault | null {
  if (facts.length === 0) return 'no-fact'
  const said = plain(text)
  const grounds = facts.map(groundOf)
  if (numbersOf(said).some((number) => !grounds.some(({ numbers }) => numbers.has(number)))) return 'number'
  if (promises.test(said) && !grounds.some(({ words }) => promises.test(words))) return 'promise'
  if (paid.test(said) && !grounds.some(({ words }) => paid.test(words))) return 'promise'
  if (costless.test(said) && !grounds.some(({ words }) => saidCostless.test(words))) return 'promise'
  if (namesIn(text).some((name) => !grounds.some(({ words, worded }) => words.includes(name) || worded.includes(name))))
    return 'name'
  if (negations.test(withoutAsides(said)) !== grounds.some(({ denies }) => denies)) return 'negation'
  const cautious = facts.every((fact) => (care[fact.modality]?.test(said) ?? true) || fact.modality === 'always')
  return cautious ? null : 'modality'
}

/** What a fact gives a sentence to stand on; worked out once for each fact. */
interface Ground {
  readonly words: string
  readonly worded: string
  readonly numbers: ReadonlySet<number>
  readonly denies: boolean
}

const grounds = new WeakMap<Fact, Ground>()

function groundOf(fact: Fact): Ground {
  const known = grounds.get(fact)
  if (known) return known
  const words = plain([...fact.quotes.map((quote) => quote.text), fact.subject].join(' '))
  const values = fact.value ? [fact.value.from, fact.value.to ?? fact.value.from] : []
  const worded = plain(`${fact.say.en} ${fact.say.es}`)
  const ground = { words, worded, numbers: new Set([...numbersOf(words), ...values]), denies: negations.test(words) }
  grounds.set(fact, ground)
  return ground
}

/** What the page leaves open is said after a semicolon ("; it gives no number") and denies nothing. */
function withoutAsides(said: string): string {
  return said.replaceAll(
    /;[^;.]*\b(page|it|pagina|no (da|dice|nombra|promete|menciona|lo afirma)|team|equipo|check|revisamos)\b[^;.]*/g,
    '',
  )
}

/** All numbers of a text, digits and words, ranges and percentages included. */
export function numbersIn(text: string): number[] {
  return numbersOf(plain(text))
}

/** "One" and "once" are hardly ever meant as numbers. */
const numerals = Object.keys(numberWords).filter((word) => word !== 'one' && word !== 'once')
const numeric = new RegExp(`\\d+(?:\\.\\d+)?|(?<![a-z])(?:${numerals.join('|')})(?![a-z])`, 'g')

function numbersOf(said: string): number[] {
  const found = said.replaceAll(/(\d),(\d{3})/g, '$1$2').match(numeric) ?? []
  return found.map((token) => numberWords[token] ?? Number(token))
}

function namesIn(text: string): string[] {
  const names: string[] = []
  let isStart = true
  for (const word of text.split(/[\s/]+/)) {
    if (!isStart && word !== word.toLowerCase() && capital.test(word)) names.push(word.replace(/[^\p{L}\p{N}-]/gu, ''))
    isStart = /[.?!:]$/.test(word)
  }
  return names.map(plain).filter((name) => name.length > 1 && !commonNames.has(name))
}

/** A capital as the first letter or digit of a word. */
const capital = /^[^\p{L}\p{N}-]*\p{Lu}/u
