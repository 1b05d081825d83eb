/**
 * What staff may say first: on the telephone discreetly, and in the chat to somebody who asked for no call.
 */
import type { ConversationState } from './conversation.ts'
import type { World } from './engine/context.ts'

/** What was said of reaching her; null where nothing was. */
export interface Reach {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly voicemailIsSafe: boolean | null
}

/** Whether another person may be watching her: no word of hers and no call, unless she says that it is safe. */
export function isThreatened({ crisis }: Pick<ConversationState, 'crisis'>): boolean {
  return crisis?.label === 'violence_victim' || crisis?.label === 'child_abuse'
}

/** The Spanish ones address nobody as usted or tú: the lead may be a grown-up or fifteen. */
export function firstSentence(world: World, state: ConversationState, reach: Reach): string {
  const { name, phone, email, voicemailIsSafe } = reach
  const program = world.program.name[state.locale === 'es-US' ? 'es' : 'en']
  if (state.crisis && phone === null && email === null) return firstInChat(state, program)
  if (state.locale === 'es-US') {
    return `Hola${name === null ? '' : `, ${name}`}. Llamo por un mensaje que recibimos. ¿Es buen momento para hablar?`
  }
  const greeting = name === null ? 'Hello.' : `Hello, ${name}.`
  return voicemailIsSafe === true
    ? `${greeting} This is ${program}; you wrote to us. Is this a good time to talk?`
    : `${greeting} You asked us to get in touch. Is this a good time to talk?`
}

/** Who was in danger and asked for no call is met where she is. */
function firstInChat(state: ConversationState, program: string): string {
  if (state.locale === 'es-US') {
    const person = `Hola. Soy una persona del equipo de ${program}.`
    return isThreatened(state)
      ? `${person} ¿Es seguro chatear ahora?`
      : `${person} Leí el mensaje. ¿Cómo están las cosas en este momento?`
  }
  const person = `Hello. I am a person from the team at ${program}.`
  return isThreatened(state)
    ? `${person} Is it safe for you to chat right now?`
    : `${person} I read what you wrote. How are you right now?`
}
