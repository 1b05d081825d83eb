/**
 * What works at every step: back, skip, a person, start over, another language, goodbye, why, what do you mean.
 *
 * A command is the whole message, so that "I can't stop" or "back pain" is never taken for one.
 */
import type { Locale } from '../../vocabulary.ts'
import { fold } from './fold.ts'

export type Command =
  | { readonly type: 'back'; readonly steps: number }
  | { readonly type: 'skip' }
  | { readonly type: 'person' }
  | { readonly type: 'start-over' }
  | { readonly type: 'language'; readonly locale: Locale }
  | { readonly type: 'goodbye' }
  | { readonly type: 'why' }
  | { readonly type: 'explain' }
  | { readonly type: 'who-are-you' }
  | { readonly type: 'save' }
  | { readonly type: 'revoke' }
  | { readonly type: 'copy' }

const polite = (body: string): RegExp =>
  new RegExp(
    `^(?:(?:ok|okay|no|please|hey|wait|um|actually|sorry|por favor|espere|oiga|perdon|bueno) )*(?:${body})(?: (?:please|now|por favor|ahora|thanks|gracias))*$`,
  )

const table: readonly (readonly [RegExp, Command])[] = [
  [
    polite('(?:go )?back (?:two|2|dos)(?: steps| questions)?|(?:volver|atras) dos(?: pasos)?|dos (?:pasos )?atras'),
    { type: 'back', steps: 2 },
  ],
  [
    polite(
      '(?:go |can i go |let me go |take me )?back|(?:the )?previous(?: question)?|go to the (?:last|previous) question|undo(?: that)?|atras|volver(?: atras)?|regresar|anterior|(?:la )?pregunta anterior|quiero volver(?: atras)?|one (?:step )?back|change my last answer',
    ),
    { type: 'back', steps: 1 },
  ],
  [
    polite(
      'skip(?: it| this| that| this one| this question| the question)?|next(?: question| one)?|pass|omitir(?:la|lo)?|saltar(?:la|lo)?(?: esta)?(?: pregunta)?|siguiente(?: pregunta)?|paso',
    ),
    { type: 'skip' },
  ],
  [
    polite(
      '(?:can i |could i |may i |i want to |i would like to |id like to |i need to |let me |i wanna |i rather |id rather )?(?:talk|speak|chat|talking)(?: to| with)?(?: a| an| some)? ?(?:real |live |actual |human )*(?:person|human|someone|somebody|agent|representative|rep|staff|staff member|human being|nurse|counselor|operator)(?: here)?',
    ),
    { type: 'person' },
  ],
  [
    polite(
      '(?:a |real |live |human )*(?:person|human|agent|representative|operator)|connect me(?: to (?:a |someone|somebody).*)?|(?:can |could )?(?:someone|somebody|a person) (?:please )?(?:call|phone) me|call me(?: back)?|i want a (?:real )?(?:person|human)|get me a (?:person|human)',
    ),
    { type: 'person' },
  ],
  [
    polite(
      '(?:quiero |puedo |quisiera |me gustaria |necesito )?(?:hablar|platicar|conversar)(?: con)?(?: una?)? ?(?:persona|alguien|humano|agente|representante|ser humano|persona real|persona de verdad)(?: real)?|(?:una )?persona(?: real)?|que me llame(?:n)?(?: alguien)?|llamenme|quiero que me llamen|pueden llamarme',
    ),
    { type: 'person' },
  ],
  [
    polite(
      '(?:lets |can we |i want to )?(?:start (?:over|again)|restart|reset|begin again|start from the beginning)|empezar de nuevo|comenzar de nuevo|volver a empezar|reiniciar|desde el principio',
    ),
    { type: 'start-over' },
  ],
  [
    polite(
      '(?:in |en |can we (?:speak|talk|chat) in |(?:do you )?speak |switch to |change to |habla |hablan |se habla |prefiero |cambiar a )*(?:spanish|espanol|castellano)',
    ),
    { type: 'language', locale: 'es-US' },
  ],
  [
    polite(
      '(?:in |en |can we (?:speak|talk|chat) in |(?:do you )?speak |switch to |change to |habla |hablan |se habla |prefiero |cambiar a |back to )*(?:english|ingles)',
    ),
    { type: 'language', locale: 'en-US' },
  ],
  [
    polite(
      'stop|quit|exit|end(?: the)?(?: chat)?|bye|bye bye|good ?bye|good night|goodnight|thats all|that is all|im done|i am done|no more questions|leave me alone|cancel|unsubscribe|i (?:have|need|gotta|got) to go|gtg|adios|chao|hasta luego|hasta manana|buenas noches|terminar|salir|ya termine|eso es todo|ya no quiero seguir|parar|basta|me tengo que ir|cancelar',
    ),
    { type: 'goodbye' },
  ],
  [
    polite(
      '(?:but )?(?:why|how come|what for)(?: (?:do|are|would|did) you)?(?: (?:need|ask|asking|want))?(?: (?:to know|me|for))?(?: (?:that|this|it|me that|me this))?|why is that(?: needed| important)?|what does (?:that|this) matter|is (?:that|this) (?:really )?necessary|(?:y )?(?:por que|para que)(?: (?:me )?(?:lo )?(?:pregunta|preguntan|necesita|necesitan|quiere saber|quieren saber|pide|piden))?(?: eso| esto)?|why (?:does|would) (?:that|it) matter',
    ),
    { type: 'why' },
  ],
  [
    polite(
      'what(?: do you|s that| does that| does it| does this|s this)? ?mean(?: by that)?|what do you mean(?: by .{1,40})?|huh|what|sorry what|i dont (?:understand|get it|get the question|follow)|i do not understand(?: the question)?|explain(?: that| this| it| the question)?|can you explain(?: that| it)?|like what|which(?: one| ones)?|such as|for example|how so|que (?:significa|quiere decir)(?: eso| esto| con eso)?|no (?:le |lo |la )?entiendo(?: la pregunta)?|a que se refiere|cual(?:es)?|como|expliqueme|como que|por ejemplo|como asi',
    ),
    { type: 'explain' },
  ],
]

const more: readonly (readonly [RegExp, Command])[] = [
  [
    polite(
      '(?:can i |i want to |i will |ill |let me )?(?:save(?: (?:this|it|my answers|and come back(?: later)?))?|come back later|continue later|finish later)|(?:quiero |puedo |voy a )?(?:guardar(?:lo)?(?: (?:esto|mis respuestas|y volver(?: despues| mas tarde| luego)?))?|volver (?:mas tarde|despues|luego)|seguir (?:mas tarde|despues|luego)|vuelvo (?:mas tarde|despues|luego))',
    ),
    { type: 'save' },
  ],
  [
    polite(
      '(?:can you |could you |i want you to |will you )?(?:e ?mail|send|mail) (?:me )?(?:a |the )?copy(?: (?:of (?:this|it|that)|to me|by e ?mail))?|(?:can i |could i |i want |id like )(?:to )?(?:have |get )?a copy(?: (?:of (?:this|it|that)|by e ?mail))?|(?:me )?(?:puede |podria )?(?:envie|envia|enviar|mande|manda|mandar|enviarme|mandarme|envieme|mandeme|enviame|mandame) (?:me )?una copia(?: (?:de esto|por correo(?: electronico)?))?|quiero una copia(?: (?:de esto|por correo(?: electronico)?))?',
    ),
    { type: 'copy' },
  ],
  [
    polite(
      '(?:are|r) (?:you|u) (?:even |really |actually )?(?:a |an )?(?:(?:real|actual|live|human) )*(?:person|human|human being|bot|robot|chatbot|machine|computer|ai|real|nurse|doctor|therapist|counselor)|(?:am i|is this) (?:talking (?:to|with) )?(?:a |an )?(?:real )?(?:person|human|bot|robot|ai|machine|computer)|who (?:are you|am i talking to)|what are you|(?:usted )?es (?:usted )?(?:una? )?(?:persona(?: real| de verdad)?|humano|robot|maquina|bot|medico|enfermera)|quien es (?:usted)?|con quien hablo|hablo con una persona(?: real)?|eres (?:una? )?(?:persona|robot|bot|humano|maquina)(?: real)?',
    ),
    { type: 'who-are-you' },
  ],
  [
    polite(
      '(?:i )?(?:want to |would like to |can i )?(?:take back|revoke|withdraw|cancel) (?:my )?(?:consent|permission|yes|authorization)|(?:dont|do not|stop|never) (?:call|contact|text|phone|email|calling|contacting|texting|emailing)(?: me)?(?: anymore| again)?|i (?:changed my mind|dont want (?:a |the )?call|do not want to be (?:called|contacted)|dont want to be (?:called|contacted))(?: about (?:the call|calling))?|(?:quiero )?(?:retirar|revocar|cancelar|quitar) (?:mi )?(?:permiso|consentimiento)|no (?:me )?(?:llamen|llame|contacten|contacte|escriban)(?: mas)?|no quiero que me (?:llamen|contacten)|cambie de opinion',
    ),
    { type: 'revoke' },
  ],
]

const LONGEST = 90

const all = [...table, ...more]
/** A turn asks this of the same message again and again: one is remembered. */
let last: { readonly folded: string; readonly command: Command | null } = { folded: '', command: null }

export function commandIn(text: string): Command | null {
  const folded = fold(text)
  if (folded === '' || folded.length > LONGEST) return null
  if (folded !== last.folded) last = { folded, command: all.find(([pattern]) => pattern.test(folded))?.[1] ?? null }
  return last.command
}

/** A greeting or a thank-you: answered in kind, never "I did not get that". */
export function courtesyIn(text: string): 'hello' | 'welcome' | null {
  const folded = fold(text)
  if (
    /^(hi|hello|hey|hiya|yo|good (morning|evening|afternoon)|hola|buenas|buenos dias|buenas tardes|hi there|hello there|anyone there|is anyone there|hay alguien)$/.test(
      folded,
    )
  )
    return 'hello'
  return /^(thanks|thank you|thank you so much|thx|ty|ok thanks|gracias|muchas gracias|ok gracias|mil gracias)$/.test(
    folded,
  )
    ? 'welcome'
    : null
}
