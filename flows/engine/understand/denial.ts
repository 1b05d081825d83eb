/**
 * "No, I am not going to kill myself, just so tired": a denial in a sentence, calm or not.
 *
 * It answers the protocol's direct question and clears nothing: the gate alone says what is danger.
 */
import { fold } from './fold.ts'

const act =
  '(kill|hurt|harm|end|do (it|that|this|anything|nothing)|try|die|suicid|matar|hacerme|hacer (nada|eso|algo)|hacerlo|morir|quitarme|lastimar)'
const denials = [
  new RegExp(
    `\\b(im not|i am not|not|never|wont|will not|would not|wouldnt|dont want to|do not want to|no intention of)( \\w+){0,3} ${act}`,
  ),
  new RegExp(`\\b(no|nunca|jamas)( \\w+){0,3} ${act}`),
  /\b(im|i am) (not suicidal|safe|okay really|ok really|not in danger)\b/,
  /\b(estoy a salvo|no soy suicida|no corro peligro|estoy bien de verdad)\b/,
  /^(no|nah|nope)( no)* (im|i am|just|only|solo|estoy|es que) .*\b(tired|exhausted|sad|venting|ok|okay|fine|cansad[oa]|agotad[oa]|triste|bien)\b/,
  /^(no|nah|nope) (just|only|solo) /,
]

const WORDS_MAX = 30
const FINE_WORDS_MAX = 12

export function isDenial(text: string): boolean {
  const folded = fold(text)
  return folded.split(' ').length <= WORDS_MAX && denials.some((one) => one.test(folded))
}

const fine =
  /^(?:(?:no|nah|nope|ok|okay|yes|yeah|yep|si|bueno|thanks|thank you|gracias|honestly|really|pero|but|ya|ahora) )*(?:(?:im|i am|i m|hes|he is|shes|she is|theyre|they are|were|we are|its|it is|everythings|everything is|things are|estoy|esta|estamos|todo|todo esta|me siento|i feel|feeling|ya estoy|ya esta)(?: (?:all|doing|really|actually|much|a bit|a little|feeling|ya|mucho|un poco|mas))* )?(?:fine|ok|okay|alright|all right|good|better|safe|calmer|all good|bien|mejor|a salvo|tranquil[oa]|mas tranquil[oa])(?: (?:now|again|today|tonight|really|i promise|thanks|thank you|for now|here|ya|ahora|hoy|gracias|de verdad))*$/
const woke =
  /\b(?:(?:he|she|they|hes|shes) (?:just |finally )?(?:woke up|came to|is awake|is breathing|awake)|ya (?:desperto|reacciono|respira))\b/

/** A bare "ok" or "yes" says nothing of how she is. */
const BARE =
  /^(?:ok|okay|yes|yeah|si|bueno|good|thanks|gracias|alright|all right|bien)(?: (?:ok|okay|thanks|gracias))?$/

/** "I'm fine", "he woke up, he's okay now": how it is said to be; like a denial it clears nothing. */
export function isFine(text: string): boolean {
  const folded = fold(text)
  if (BARE.test(folded) || folded.split(' ').length > FINE_WORDS_MAX) return false
  return fine.test(folded) || woke.test(folded)
}
