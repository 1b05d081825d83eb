/**
 * Yes, no, "I'd rather not" and "I don't know" as people write them, in English and Spanish.
 */
import { fold, isNear, words } from './fold.ts'

const phrasesYes = [
  'go ahead',
  'of course',
  'sounds good',
  'lets do it',
  'i do',
  'i am',
  'i have',
  'i would',
  'i can',
  'it is',
  'por supuesto',
  'esta bien',
  'de acuerdo',
  'asi es',
  'desde luego',
  'claro que si',
  'yes please',
  'thats fine',
  'thats right',
  'im ok with that',
  'si por favor',
  'por favor',
]
const phrasesNo = [
  'not really',
  'not at all',
  'no thanks',
  'no thank you',
  'no gracias',
  'para nada',
  'i dont',
  'i do not',
  'i havent',
  'im not',
  'i am not',
  'not me',
  'absolutely not',
  'claro que no',
  'en absoluto',
  'no i dont',
  'i cant',
  'i cannot',
  'not now',
  'ahora no',
  'never',
]
const no = new Set([
  'no',
  'n',
  'nope',
  'nah',
  'naw',
  'non',
  'nop',
  'never',
  'negative',
  'incorrect',
  'nunca',
  'jamas',
  'tampoco',
  'nel',
  'noo',
  'nooo',
])

/** "No tengo a nadie", "no one is here": sentences that begin with no and answer something else. */
const notQuiteNo = /^no (tengo|hay|estoy|puedo|quiero|se|one|body)\b/

export function yesOrNo(text: string): 'yes' | 'no' | null {
  const all = words(text)
  const phrase = all.join(' ')
  if (all.length === 0 || all.length > 6) return null
  if (phrasesNo.includes(phrase) || (all.length > 1 && phrasesNo.some((one) => phrase.startsWith(`${one} `))))
    return 'no'
  if (phrasesYes.includes(phrase)) return 'yes'
  const first = all[0]!
  if (no.has(first)) return notQuiteNo.test(phrase) ? null : 'no'
  if (isYesWord(first) && all.every((word) => isYesWord(word) || mild.has(word))) return 'yes'
  return null
}

const single = new Set([
  'yes',
  'y',
  'ya',
  'yah',
  'yeah',
  'yea',
  'yep',
  'yup',
  'yess',
  'yesss',
  'sure',
  'ok',
  'okay',
  'okey',
  'k',
  'kk',
  'definitely',
  'absolutely',
  'correct',
  'right',
  'true',
  'fine',
  'si',
  'sip',
  'sii',
  'claro',
  'vale',
  'dale',
  'correcto',
  'afirmativo',
  'adelante',
  'bueno',
])
const mild = new Set([
  'i',
  'do',
  'am',
  'have',
  'it',
  'is',
  'please',
  'thanks',
  'thank',
  'you',
  'that',
  'thats',
  'works',
  'gracias',
  'por',
  'favor',
  'lo',
  'he',
  'tengo',
  'soy',
  'eso',
  'es',
  'they',
  'would',
  'can',
  'go',
  'ahead',
  'of',
  'course',
  'for',
  'sure',
  'que',
  'good',
  'bien',
  'esta',
])

function isYesWord(word: string): boolean {
  return single.has(word) || (word.length >= 4 && ['yeah', 'sure', 'okay', 'claro'].some((one) => isNear(word, one)))
}

// Each pattern takes the whole text: "I would rather not" is a refusal, "I would rather not be here" is none.
const saying = '( (say|answer|tell|talk|share|discuss|do|give)( .*)?)?'
const refusals = [
  new RegExp(`^(i |id |i would |i d |would )?(rather|prefer) not( to)?${saying}$`),
  new RegExp(`^(i )?(prefer|would prefer|want|choose) not to${saying}$`),
  /^(i )?(dont|do not|wont|will not) (want|like|wish|care)?( to)? ?(answer|say|tell|share|discuss|talk about)\b/,
  /^(not now|not yet|later|maybe later|skip( it| this| that| please| this one| question)?|pass|next( question)?|no comment|none of your business|thats private|private|thats personal)$/,
  /^(prefiero|quisiera|preferiria) no( (decir|contestar|responder|hablar|compartir|darl|hacerl)\w*( .*)?)?$/,
  /^no (quiero|deseo|voy a|pienso) (decir|contestar|responder|hablar|compartir)/,
  /^(ahora no|mas tarde|despues|luego|omitir|saltar|salta|siguiente|paso|pasar|sin comentarios|es privado|es personal|no es asunto suyo)( por favor)?$/,
]
const open =
  '(that|it|this|exactly|really|yet|anymore|for sure|the|my|his|her|about|what|which|when|how|where|who|if (he|she|they|we|it|my|the|that))'
const abierto =
  '(bien|todavia|aun|exactamente|eso|ahora|cual|cuando|cuant[oa]s?|que|donde|quien|como|de|si (el|ella|mi|tiene|es|eso))'
const BARE_WORDS = 5
const unknowns = [
  new RegExp(`^(i )?(dont|do not|dunno) (really )?(know|remember|recall)( ${open}( .*)?)?$`),
  new RegExp(
    `^(i )?(am |m )?(im )?(not sure|unsure|no idea|no clue|idk|dunno|cant remember|cant say|cannot say|hard to say)( ${open}( .*)?)?$`,
  ),
  new RegExp(`^no (lo )?(se|recuerdo|me acuerdo|estoy segur[oa]|tengo idea)( ${abierto}( .*)?)?$`),
  /^(ni idea|quien sabe|no estoy seguro|no estoy segura)$/,
]

/** Refused and nothing else: "I don't know if I can go on" leaves more to ask about than it leaves open. */
export function isBareRefusal(text: string): boolean {
  const folded = fold(text)
  const isShort = folded.split(' ').length <= BARE_WORDS
  return (
    isRefusal(text) && (isShort || /\b(say|answer|tell|share|discuss|decir|contestar|responder|compartir)/.test(folded))
  )
}

/** A question may always be left open: refused, or not known. Both count as unknown. */
export function isRefusal(text: string): boolean {
  const folded = fold(text)
  return folded.length <= 80 && (refusals.some((one) => one.test(folded)) || unknowns.some((one) => one.test(folded)))
}
