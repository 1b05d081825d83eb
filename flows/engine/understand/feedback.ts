/**
 * What a visitor thinks of the last answer: "that's not what I asked", a thumb up or down.
 *
 * The whole message must say it, so that "you did not answer the phone when I needed you" is no thumb.
 */
import { fold } from './fold.ts'

export type Feedback = 'helped' | 'missed'

const LONGEST = 90

const missed =
  /^(?:(?:no|sorry|um|but|ok|hm+|pero|perdon|disculpe) )*(?:(?:thats|that is|that was|this is|its|it is) not (?:what i (?:asked|meant|wanted|was asking)(?: (?:for|about|you))?|my question|an? answer|the answer|helpful|useful)|not what i (?:asked|meant|wanted)(?: for)?|not (?:helpful|useful|my question)|unhelpful|you (?:didnt|did not|havent|dont) answer(?:ed)?(?: me| my question| the question| what i asked)?|(?:that|this|it) (?:didnt|did not|doesnt|does not) (?:help|help me|answer (?:my|the) question)|(?:that|this) (?:is|was) (?:no help|useless|the wrong answer)|wrong answer|thumbs down|(?:eso |esto )?no (?:es|era|fue) (?:lo que (?:pregunte|le pregunte|pedi|quise decir|queria)|mi pregunta|la respuesta)|no es lo que (?:le )?pregunte|no (?:me )?(?:contesto|respondio|contesta|responde)(?: (?:mi|a mi|la) pregunta| lo que (?:le )?pregunte)?|(?:eso |esto )?no me (?:sirve|ayuda|sirvio|ayudo)|respuesta equivocada|no me esta contestando)$/
const helped =
  /^(?:(?:that|this) (?:helps|helped|was helpful|is helpful)(?: a lot| thanks| thank you)?|(?:very )?helpful|thumbs up|(?:eso |esto )?(?:me )?(?:ayuda|sirve|sirvio|ayudo)(?: mucho)?(?: gracias)?)$/

/** @returns null when the message is something else. */
export function feedbackIn(text: string): Feedback | null {
  if (/^\s*(?:👎\p{Emoji_Modifier}?\s*)+$/u.test(text)) return 'missed'
  if (/^\s*(?:👍\p{Emoji_Modifier}?\s*)+$/u.test(text)) return 'helped'
  const folded = fold(text)
  if (folded === '' || folded.length > LONGEST) return null
  if (missed.test(folded)) return 'missed'
  return helped.test(folded) ? 'helped' : null
}
