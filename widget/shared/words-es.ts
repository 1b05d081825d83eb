/**
 * The chat's own words in Spanish, with usted; same keys as in English, checked by the type.
 *
 * Written as Spanish, not translated word by word; awaiting-review by a native clinician.
 */
import type { Words } from './words.ts'

export const spanish: Words = {
  lang: 'es',
  conversation: 'Conversación',
  yourAnswer: 'Su respuesta',
  helpNow: 'Ayuda ahora',
  message: 'Mensaje',
  send: 'Enviar',
  sendThis: (label) => `Enviar: ${label}`,
  sending: 'Enviando',
  notSent: 'Eso no nos llegó.',
  sendAgain: 'Enviar otra vez',
  refused: 'No se pudo recibir ese mensaje. Envíelo en partes más cortas, por favor.',
  waiting: 'Esperando la respuesta',
  moreChoices: (count) => `${count} opciones más`,
  question: (done, of) => `Pregunta ${done} de unas ${of}`,
  you: 'Usted',
  assistant: 'Asistente',
  team: 'Equipo de admisiones',
  latest: 'Último mensaje',
  today: 'Hoy',
  stillHere: 'Sigo aquí. Seguimos sin prisa.',
  moreHelp: 'Más formas de recibir ayuda',
  startedAgain: 'Esta conversación tuvo que empezar de nuevo. Lo que usted escribió sigue aquí.',
  shiftToLeave: (presses) =>
    `Presione Shift ${presses} ${presses === 1 ? 'vez' : 'veces'} más para salir de esta página.`,
  myWords: 'Qué pasa con mis palabras',
  status: {
    offline: 'No hay conexión en este momento. Sus palabras se quedan aquí y seguimos intentando.',
    busy: 'Hay mucha demanda en este momento. Sus palabras se quedan aquí y seguimos intentando.',
    down: 'No podemos comunicarnos con nuestro servicio. Sus palabras se quedan aquí y seguimos intentando.',
  },
}
