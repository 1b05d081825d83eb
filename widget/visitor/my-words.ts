/**
 * "What happens with my words": said plainly, with the two things one can do about it.
 *
 * A native dialog: it takes and gives back the focus by itself, and Escape closes only it. It promises
 * no more than we keep: the browser's history stays, and so does what staff already read.
 */
import { html, render } from 'lit/html.js'
import type { Entry } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'
import type { VisitorChat } from './visitor-chat.ts'

const said = {
  en: {
    say: (name: string) => [
      `You are writing with an automated assistant of ${name}, not with a person. The admissions staff of ${name} can read this chat.`,
      'What you write is stored encrypted. This page keeps only a chat number in this tab, and only once you have sent something. Closing the tab forgets it.',
      'The website around this chat cannot read it, and nothing you write is used for advertising.',
      '“Leave this page”, or pressing Shift three times, clears the screen at once and goes to a neutral page. It does not clear the browser’s history: other pages you saw stay there.',
    ],
    erase: 'Erase this chat now',
    save: 'Save a copy as text',
    back: 'Back to the chat',
    erased: 'This chat is erased. Nothing of it is kept in this browser.',
    notErased:
      'It is cleared here, but we could not reach our service to erase it there. Please open the chat again later and ask us to erase it.',
    kept: 'It is cleared here. The program has a legal duty to keep its own copy for now. You can ask the program about it.',
  },
  es: {
    say: (name: string) => [
      `Usted escribe con un asistente automático de ${name}, no con una persona. El equipo de admisiones de ${name} puede leer esta conversación.`,
      'Lo que usted escribe se guarda cifrado. Esta página solo guarda un número de conversación en esta pestaña, y solo después de que usted envía algo. Al cerrar la pestaña se olvida.',
      'El sitio que rodea esta conversación no puede leerla, y nada de lo que escribe se usa para publicidad.',
      '“Salir de esta página”, o presionar Shift tres veces, borra la pantalla al instante y abre una página neutral. No borra el historial del navegador: las otras páginas que vio siguen allí.',
    ],
    erase: 'Borrar esta conversación ahora',
    save: 'Guardar una copia como texto',
    back: 'Volver a la conversación',
    erased: 'Esta conversación está borrada. No queda nada de ella en este navegador.',
    notErased:
      'Aquí está borrada, pero no pudimos comunicarnos con nuestro servicio para borrarla allí. Abra la conversación más tarde y pídanos que la borremos.',
    kept: 'Aquí está borrada. Por ahora el programa tiene la obligación legal de conservar su copia. Puede preguntarle al programa.',
  },
} as const

/** Opens the dialog; what came of erasing is told in the chat. */
export function openMyWords(chat: VisitorChat): void {
  const { words, talk } = chat
  const own = said[words.lang]
  const dialog = document.createElement('dialog')
  dialog.ariaLabel = words.myWords
  dialog.addEventListener('close', () => dialog.remove())
  const eraseAndClose = async () => {
    dialog.close()
    const told = await talk.end('erase')
    chat.tell(told === 'refused' ? own.kept : told ? own.erased : own.notErased)
  }
  render(
    html`<h2>${words.myWords}</h2>
    ${own.say(chat.config.name).map((paragraph) => html`<p>${paragraph}</p>`)}
    <div class="stack"><button type="button" class="main" @click=${() => dialog.close()}>${own.back}</button>
    <button type="button" @click=${() => saveCopy(words, talk.log)}>${own.save}</button>
    <button type="button" @click=${eraseAndClose}>${own.erase}</button></div>`,
    dialog,
  )
  document.body.append(dialog)
  dialog.showModal()
}

/** A file under a name that says nothing. */
function saveCopy(words: Words, log: readonly Entry[]): void {
  const lines = log.map((entry) => `${entry.speaker === 'visitor' ? words.you : words.assistant}: ${entry.text}`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([lines.join('\n\n')], { type: 'text/plain' }))
  link.download = 'notes.txt'
  link.click()
  URL.revokeObjectURL(link.href)
}
