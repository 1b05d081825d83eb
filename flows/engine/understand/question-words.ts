/**
 * Whether a text looks like a question: its marks and its first words, in English and Spanish.
 */
import { fold } from './fold.ts'

const starts =
  /^(so |and |but |also |ok |hi |hello |hey |y |pero |oiga |hola )*(what|whats|who|whos|whom|when|where|wheres|why|how|hows|which|do you|does|did|is (it|there|this|that|the)|are (you|there|these|they)|can (i|you|we|my|he|she|they|the|this|it)|could (i|you|we)|will (i|you|my|it|they)|would (you|it)|should i|may i|am i|is my|que|quien|quienes|cuando|donde|por que|como|cual|cuales|cuanto|cuantos|cuanta|cuantas|hay|puedo|puede|pueden|tienen|tiene|aceptan|acepta|ofrecen|es cierto|necesito saber)\b/

/** "Que me llamen, por favor" wishes something and asks nothing. */
const wishes = /^(si )?que (me|nos|le|les|lo|la|alguien|una persona|llamen?)\b/

/** A turn asks this of the same message again and again: one is remembered. */
let last = { text: '', asks: false }

export function looksLikeQuestion(text: string): boolean {
  if (text !== last.text) last = { text, asks: isQuestion(text) }
  return last.asks
}

function isQuestion(text: string): boolean {
  if (text.includes('?') || text.includes('¿')) return true
  const folded = fold(text)
  return starts.test(folded) && (!wishes.test(folded) || text.toLowerCase().includes('qué'))
}

/** "I have no license any more. Is there a way to do this from home": a question after a story. */
export function asksSomewhere(text: string): boolean {
  return text.split(/[.,;!\n]+/).some((one) => looksLikeQuestion(one.trim()))
}

const spanish = new Set(
  'el la los las un una de del que y en por para con no es soy estoy tengo quiero necesito ayuda mi mis su hijo hija esposo esposa mama papa hola gracias usted yo me se lo le les muy mas pero si tomo bebo hablar busco como cuando donde hay puedo programa seguro años ano estamos somos estan'.split(
    ' ',
  ),
)
const english = new Set(
  'the a an of that and in for with not is am are have has want need help my your son daughter husband wife mom dad hello hi thanks you i me it very more but yes drink talk looking how when where can do does program insurance years old we they who what please'.split(
    ' ',
  ),
)

/** The language of a sentence, when its small words leave no doubt. */
export function languageOf(text: string): 'en-US' | 'es-US' | null {
  const all = fold(text).split(' ')
  const es = all.filter((word) => spanish.has(word) && !english.has(word)).length + (/[¿¡ñáéíóú]/i.test(text) ? 1 : 0)
  const en = all.filter((word) => english.has(word) && !spanish.has(word)).length
  if (es >= 2 && es > en * 2) return 'es-US'
  return en >= 2 && en > es * 2 ? 'en-US' : null
}
