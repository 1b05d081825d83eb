/**
 * Letters and texts to a visitor, in neutral words: whoever else reads them learns that a call was asked for, no more.
 *
 * No program, no name, no word of health. Awaiting review, like every other sentence that a visitor reads.
 */
import type { Locale } from '../../flows/vocabulary.ts'

export interface Words {
  readonly subject: string
  readonly text: string
}

/** @param when - as said to her, in her own zone. */
export function reminderWords(locale: Locale, when: string): Words {
  return locale === 'es-US'
    ? {
        subject: 'Un recordatorio',
        text: `Usted pidió una llamada: ${when}.\n\nPara cambiarla o cancelarla, vuelva al chat donde escribió.\nPor favor, no responda a este mensaje: nadie lo lee.\n`,
      }
    : {
        subject: 'A reminder',
        text: `You asked for a call: ${when}.\n\nTo move or cancel it, go back to the chat where you wrote.\nPlease do not answer this message: nobody reads it.\n`,
      }
}

/** A text message is one short sentence. */
export function reminderText(locale: Locale, when: string): string {
  return locale === 'es-US'
    ? `Usted pidió una llamada: ${when}. Responda STOP para no recibir más mensajes.`
    : `You asked for a call: ${when}. Reply STOP to get no more texts.`
}

export interface Copied {
  /** When it was sent to the team, in words. */
  readonly sent: string
  /** By when a person is in touch, in words; null = no time was promised. */
  readonly promised: string | null
  /** The number or address that is used, by its end. */
  readonly reachedAt: string
  /** The time of the talk, in words. */
  readonly slot: string | null
  readonly callsFrom: string | null
  /** Where she ends her permissions; null = this service has no address of its own. */
  readonly permissionLink: string | null
}

/** When, who and how; never what she wrote. */
export function copyWords(locale: Locale, copied: Copied): Words {
  const isSpanish = locale === 'es-US'
  const lines = isSpanish ? spanish(copied) : english(copied)
  return {
    subject: isSpanish ? 'Su copia' : 'Your copy',
    text: `${lines.filter((line) => line !== null).join('\n\n')}\n`,
  }
}

function english({ sent, promised, reachedAt, slot, callsFrom, permissionLink }: Copied): (string | null)[] {
  return [
    'You asked for this copy. What you wrote is not in it, because others may read your mail.',
    `Your request went out: ${sent}.`,
    promised === null
      ? `A person will contact you at ${reachedAt}. No exact time was promised.`
      : `A person will contact you at ${reachedAt} by: ${promised}.`,
    slot && `Your time for the call: ${slot}. The file with this mail puts it into your calendar.`,
    callsFrom === null ? 'The call may come from a number that you do not know.' : `The call comes from ${callsFrom}.`,
    'To change or remove something, go back to the chat. To go on from another device, write "save" there first.',
    permissionLink && `To take back your permission: ${permissionLink}`,
    'Please do not answer this message: nobody reads it.',
  ]
}

function spanish({ sent, promised, reachedAt, slot, callsFrom, permissionLink }: Copied): (string | null)[] {
  return [
    'Usted pidió esta copia. No lleva lo que usted escribió, porque otras personas pueden leer su correo.',
    `Su solicitud salió: ${sent}.`,
    promised === null
      ? `Una persona le contactará en ${reachedAt}. No se prometió una hora exacta.`
      : `Una persona le contactará en ${reachedAt}, a más tardar: ${promised}.`,
    slot && `La hora de su llamada: ${slot}. El archivo de este correo la pone en su calendario.`,
    callsFrom === null
      ? 'La llamada puede venir de un número que usted no conoce.'
      : `La llamada viene del ${callsFrom}.`,
    'Para cambiar o quitar algo, vuelva al chat. Para seguir en otro aparato, escriba allí antes "guardar".',
    permissionLink && `Para retirar su permiso: ${permissionLink}`,
    'Por favor, no responda a este mensaje: nadie lo lee.',
  ]
}
