/**
 * Whether a text looks like a question: its marks and its first words, in English and Spanish.
 */
import { fold } from './fold.ts'

const starts =
  /^(so |and |but |also |ok |hi |hello |hey |y |pero |oiga |hola )*(what|whats|who|whos|whom|when|where|wheres|why|how|hows|which|do you|does|did|is (it|there|this|that|the)|are (you|there|these|they)|can (i|you|we|my|he|she|they|the|this|it)|could (i|you|we)|will (i|you|my|it|they)|would (you|it)|should i|may i|am i|is my|que|quien|quienes|cuando|donde|por que|como|cual|cuales|cuanto|cuantos|cuanta|cuantas|hay|puedo|puede|pueden|tienen|tiene|aceptan|acepta|ofrecen|dan|tratan|atienden|cubren|cobran|reciben|incluyen?|permiten|dejan|hacen|es cierto|necesito saber)\b/

/** "Do most people keep working": a verb before whom or what it is said of, and a word more. */
const turned =
  /^(?:so |and |but |ok |hi |hello |hey )*(?:do|does|did|are|is) (?!not\b|it\b|this\b|that\b|so\b|what\b|hard\b|good\b|bad\b|better\b|worse\b|nothing\b|something\b|everything\b)\S+ \S/

/** "I have no insurance at all, whats possible", "cada sesión de cuántas horas es": a question's words further in. */
const within =
  /\b(?:whats (?:possible|available|included|covered)|what (?:can i do without|are my options)|how (?:many (?:weeks|days|hours|sessions|months|people)|much (?:is (?:it|the)|does|do you|would|will)|long (?:is|does|do|would|will) (?:it|the|each|a|one|this))|is there an? (?:number|group|place|way to (?:pay|come|join|start|do)|program|phone|line|person|therapist|doctor|waitlist)|(?:if|whether) you (?:have|take|offer|accept|treat)|wondering (?:if|whether|how|what)|cuant[oa]s (?:horas|semanas|dias|meses|sesiones|personas)|cuant[oa]s veces (?:a la|por|al)|cuanto (?:cuesta|dura|vale)|quisiera saber|me gustaria saber|me preguntaba si|si (?:ustedes )?(?:tienen|aceptan|ofrecen))\b|^(?:y |pero |hola )*(?:es|seria) (?:adecuad[oa]|posible|obligatori[oa]|necesari[oa]|gratis)\b/

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
function asksSomewhere(text: string): boolean {
  return text.split(/[.,;!\n]+/).some((one) => looksLikeQuestion(one.trim()))
}

/** The same, and what has a question's order without its mark: enough to answer, too little to take a choice for one. */
export function asksInAnyOrder(text: string): boolean {
  if (asksSomewhere(text)) return true
  return text.split(/[.,;!\n]+/).some((one) => {
    const folded = fold(one)
    return turned.test(folded) || within.test(folded)
  })
}
