/**
 * The words of the chat without script, both languages side by side; by the voice of the house.
 *
 * Spanish with usted, awaiting-review by a native clinician.
 */
import type { Language } from '../pages/templates.ts'

export type FieldName = 'number' | 'phone' | 'email' | 'member-id' | 'text'
export type Mend = FieldName | 'date' | 'multi' | 'nothing'
export type Trouble = 'late' | 'over' | 'busy' | 'down' | 'elsewhere' | 'long' | 'unknown'

export interface PlainWords {
  readonly intro: (name: string) => string
  readonly conversation: string
  readonly message: string
  readonly ownWords: string
  readonly send: string
  readonly start: string
  readonly look: string
  readonly skip: string
  readonly you: string
  readonly assistant: string
  readonly team: string
  readonly helpNow: string
  readonly inDanger: string
  readonly stillHere: string
  readonly yourAnswer: string
  readonly chooseAny: string
  readonly question: (done: number, of: number) => string
  readonly label: Readonly<Record<FieldName, string>>
  readonly named: Readonly<Record<string, string>>
  readonly date: string
  readonly birthday: string
  readonly day: string
  readonly month: string
  readonly year: string
  readonly mend: Readonly<Record<Mend, string>>
  readonly trouble: Readonly<Record<Trouble, string>>
  readonly source: (day: string) => string
  /** The program's team stated it, where the page says nothing. */
  readonly statedByTeam: (day: string) => string
  readonly awaits: string
  readonly read: string
  readonly myWords: string
  readonly mine: (name: string) => readonly string[]
  readonly erase: string
  readonly erased: string
  readonly notErased: string
  readonly kept: string
}

const en: PlainWords = {
  intro: (name) =>
    `Hello. I’m an automated assistant of ${name}, not a person. Write what brings you here, or ask a question.`,
  conversation: 'Conversation',
  message: 'Your message',
  ownWords: 'Or say it in your own words',
  send: 'Send',
  start: 'Show me where to start',
  look: 'Look for new messages',
  skip: 'Skip',
  you: 'You',
  assistant: 'Assistant',
  team: 'Admissions team',
  helpNow: 'Help now',
  inDanger: 'Help in danger',
  stillHere: 'I’m still here. Continue when you’re ready.',
  yourAnswer: 'Your answer',
  chooseAny: 'Choose all that fit',
  question: (done, of) => `Question ${done} of about ${of}`,
  label: {
    number: 'A number',
    phone: 'Phone number, with area code',
    email: 'Email address',
    'member-id': 'Member ID, from the front of the card',
    text: 'Your answer',
  },
  named: {
    age: 'Age in years',
    'given-name': 'Name to use',
    'family-name': 'Last name',
    name: 'Name',
    'postal-code': 'ZIP or postal code',
    'address-level1': 'State',
    'address-level2': 'City',
  },
  date: 'Date, for example 3 14 1985',
  birthday: 'Date of birth, for example 3 14 1985',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  mend: {
    number: 'Please write a number, like 34.',
    phone: 'Please write the whole number, with area code.',
    email: 'Please write an address like name@example.com.',
    'member-id': 'Please write the ID as it stands on the card.',
    text: 'Please write an answer first.',
    date: 'Please write a month, a day and a four-digit year.',
    multi: 'Please choose at least one.',
    nothing: 'Nothing was written or chosen yet.',
  },
  trouble: {
    late: 'This page was open for a long time, so this chat had to start again. What you wrote is still in the box below.',
    over: 'This chat is over or cannot be opened any more. You can start a new one. What you wrote is still in the box below.',
    busy: 'We are very busy right now. What you wrote is still in the box below. Please send it again in a minute.',
    down: 'That didn’t reach us. What you wrote is still in the box below. Please send it again.',
    elsewhere: 'That came from another site, so it was not taken. You can start here.',
    long: 'That message was too long. Please send it in shorter parts.',
    unknown: 'This page belongs to no program that we know. The numbers above work at any time.',
  },
  source: (day) => `From the program’s page · checked ${day}`,
  statedByTeam: (day) => `From the program’s team · confirmed ${day}`,
  awaits: 'not yet reviewed',
  read: 'Read the page',
  myWords: 'What happens with my words',
  mine: (name) => [
    `You are writing with an automated assistant of ${name}. The admissions staff of ${name} can read this chat.`,
    'What you write is stored encrypted. This page keeps nothing in your browser: when you close it, it is forgotten here.',
    '“Leave this page” goes to a neutral page. It does not clear the browser’s history.',
  ],
  erase: 'Erase this chat now',
  erased: 'This chat is erased. Nothing of it is kept.',
  notErased: 'We could not reach our service to erase this chat. Please try again in a minute.',
  kept: 'The program has a legal duty to keep this chat for now, so it is not erased. You can ask the program about it.',
}

const es: PlainWords = {
  intro: (name) =>
    `Hola. Soy un asistente automático de ${name}, no una persona. Escriba qué le trae aquí o haga una pregunta.`,
  conversation: 'Conversación',
  message: 'Mensaje',
  ownWords: 'O dígalo con sus propias palabras',
  send: 'Enviar',
  start: 'Muéstreme por dónde empezar',
  look: 'Buscar mensajes nuevos',
  skip: 'Saltar',
  you: 'Usted',
  assistant: 'Asistente',
  team: 'Equipo de admisiones',
  helpNow: 'Ayuda ahora',
  inDanger: 'Ayuda en peligro',
  stillHere: 'Sigo aquí. Seguimos sin prisa.',
  yourAnswer: 'Su respuesta',
  chooseAny: 'Elija todo lo que corresponda',
  question: (done, of) => `Pregunta ${done} de unas ${of}`,
  label: {
    number: 'Un número',
    phone: 'Número de teléfono, con código de área',
    email: 'Correo electrónico',
    'member-id': 'Número de miembro, al frente de la tarjeta',
    text: 'Su respuesta',
  },
  named: {
    age: 'Edad en años',
    'given-name': 'Nombre que prefiere',
    'family-name': 'Apellido',
    name: 'Nombre',
    'postal-code': 'Código postal',
    'address-level1': 'Estado',
    'address-level2': 'Ciudad',
  },
  date: 'Fecha, por ejemplo 3 14 1985',
  birthday: 'Fecha de nacimiento, por ejemplo 3 14 1985',
  day: 'Día',
  month: 'Mes',
  year: 'Año',
  mend: {
    number: 'Escriba un número, por ejemplo 34.',
    phone: 'Escriba el número completo, con código de área.',
    email: 'Escriba una dirección como nombre@ejemplo.com.',
    'member-id': 'Escriba el número como está en la tarjeta.',
    text: 'Primero escriba una respuesta.',
    date: 'Escriba el mes, el día y el año con cuatro cifras.',
    multi: 'Elija al menos una opción.',
    nothing: 'Todavía no escribió ni eligió nada.',
  },
  trouble: {
    late: 'Esta página estuvo abierta mucho tiempo y la conversación tuvo que empezar de nuevo. Lo que escribió sigue en el cuadro de abajo.',
    over: 'Esta conversación terminó o ya no se puede abrir. Puede empezar otra. Lo que escribió sigue en el cuadro de abajo.',
    busy: 'Hay mucha demanda en este momento. Lo que escribió sigue en el cuadro de abajo. Envíelo otra vez en un minuto.',
    down: 'Eso no nos llegó. Lo que escribió sigue en el cuadro de abajo. Envíelo otra vez, por favor.',
    elsewhere: 'Eso vino de otro sitio y no se recibió. Puede empezar aquí.',
    long: 'Ese mensaje era demasiado largo. Envíelo en partes más cortas, por favor.',
    unknown: 'Esta página no es de ningún programa que conozcamos. Los números de arriba funcionan siempre.',
  },
  source: (day) => `De la página del programa · consultada el ${day}`,
  statedByTeam: (day) => `Del equipo del programa · confirmado el ${day}`,
  awaits: 'aún sin revisar',
  read: 'Leer la página',
  myWords: 'Qué pasa con mis palabras',
  mine: (name) => [
    `Usted escribe con un asistente automático de ${name}. El equipo de admisiones de ${name} puede leer esta conversación.`,
    'Lo que usted escribe se guarda cifrado. Esta página no guarda nada en su navegador: al cerrarla, aquí se olvida.',
    '“Salir de esta página” abre una página neutral. No borra el historial del navegador.',
  ],
  erase: 'Borrar esta conversación ahora',
  erased: 'Esta conversación está borrada. No queda nada de ella.',
  notErased:
    'No pudimos comunicarnos con nuestro servicio para borrar esta conversación. Inténtelo otra vez en un minuto.',
  kept: 'Por ahora el programa tiene la obligación legal de conservar esta conversación; por eso no se borra. Puede preguntarle al programa.',
}

export const plainWords: Readonly<Record<Language, PlainWords>> = { en, es }
