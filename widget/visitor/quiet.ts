/**
 * After a long quiet: asks whether the visitor is still there, then clears this screen and this device.
 *
 * What was sent stays with the program's staff, and the words say so. Two minutes to answer with one
 * key (WCAG 2.2.1 asks for twenty seconds); a screen that slept through them is cleared at once.
 */
import { html, render } from 'lit/html.js'
import type { VisitorChat } from './visitor-chat.ts'

const ANSWER_WITHIN_MS = 120_000
const QUIET_AT_MOST_MS = 1_200_000 + 2 * ANSWER_WITHIN_MS

const said = {
  en: {
    head: 'Are you still there?',
    text: 'To keep this private, we clear this screen in two minutes. What you sent stays with the program.',
    stay: 'I’m still here',
    clear: 'Clear it now',
    cleared: 'This screen was cleared after a long quiet. You can write at any time.',
  },
  es: {
    head: '¿Sigue ahí?',
    text: 'Para proteger su privacidad, borramos esta pantalla en dos minutos. Lo que envió se queda con el programa.',
    stay: 'Sigo aquí',
    clear: 'Borrarla ahora',
    cleared: 'Esta pantalla se borró tras un largo silencio. Puede escribir cuando quiera.',
  },
} as const

/** @param since - when somebody was last heard, Unix milliseconds. */
export function watchQuiet(chat: VisitorChat, since: number): void {
  const { words } = chat
  const own = said[words.lang]
  document.querySelector('dialog')?.close()
  const clearAndSay = async () => {
    const box = chat.querySelector<HTMLTextAreaElement>('#box')
    if (box) box.value = ''
    await chat.talk.end()
    chat.tell(own.cleared)
  }
  if (Date.now() - since > QUIET_AT_MOST_MS) return void clearAndSay()
  const dialog = document.createElement('dialog')
  const timer = setTimeout(() => dialog.close('clear'), ANSWER_WITHIN_MS)
  dialog.role = 'alertdialog'
  dialog.ariaLabel = own.head
  dialog.addEventListener('close', () => {
    clearTimeout(timer)
    dialog.remove()
    if (dialog.returnValue) void clearAndSay()
  })
  render(
    html`<h2>${own.head}</h2><p>${own.text}</p>
    <div class="stack"><button type="button" class="main" autofocus @click=${() => dialog.close()}>${own.stay}</button>
    <button type="button" @click=${() => dialog.close('clear')}>${own.clear}</button></div>`,
    dialog,
  )
  document.body.append(dialog)
  dialog.showModal()
}
