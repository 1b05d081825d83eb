/**
 * Ready-made replies of the live chat, in the visitor's language; they go into the box, never straight out.
 *
 * Review: awaiting-review, in both languages.
 */
export const cannedReplies: Readonly<Record<'en' | 'es', readonly string[]>> = {
  en: [
    'Hello. I am a person from the admissions team. I have read what you wrote.',
    'Is now a good time to talk by phone?',
    'Take your time. I am here.',
    'Are you safe right now?',
    'I have to step away. The assistant goes on, and we will call you as promised.',
  ],
  es: [
    'Hola. Soy una persona del equipo de admisiones. He leído lo que escribió.',
    '¿Es buen momento para hablar por teléfono?',
    'Tómese su tiempo. Estoy aquí.',
    '¿Está a salvo en este momento?',
    'Tengo que irme. El asistente sigue con usted y le llamaremos como prometimos.',
  ],
}
