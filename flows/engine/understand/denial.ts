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

export function isDenial(text: string): boolean {
  const folded = fold(text)
  return folded.split(' ').length <= WORDS_MAX && denials.some((one) => one.test(folded))
}
