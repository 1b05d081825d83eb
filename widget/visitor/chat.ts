/**
 * The chat page's script: brings the shell to life and loads what can wait after the first paint.
 */
import { english } from '../shared/words.ts'
import { isFramed, tellHost, whenOpened } from './host-page.ts'
import { leavePage, watchShift } from './leave.ts'
import { VisitorChat } from './visitor-chat.ts'

customElements.define('porchlight-visitor', VisitorChat)

const root = document.documentElement
const chat = document.querySelector('porchlight-visitor') as VisitorChat
const byId = (id: string) => document.getElementById(id) as HTMLElement

async function speak(lang: string): Promise<void> {
  chat.words = lang === 'es' ? (await import('../shared/words-es.ts')).spanish : english
  root.lang = chat.words.lang
  chat.redraw()
}

function leave(event?: Event): void {
  event?.preventDefault()
  void chat.talk.end('quick-exit')
  leavePage(chat.config.exit)
}

for (const [id, lang] of [
  ['language', 'en'],
  ['idioma', 'es'],
] as const) {
  byId(id).addEventListener('click', async (event) => {
    event.preventDefault()
    await speak(lang)
    chat.talk.changeLanguage()
  })
}
byId('leave').addEventListener('click', leave)
byId('close').hidden = !isFramed
byId('close').addEventListener('click', () => tellHost('porchlight:close'))
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && !document.querySelector('dialog')) tellHost('porchlight:close')
})
watchShift((missing) => (missing > 0 ? chat.announcer.say(chat.words.shiftToLeave(missing)) : leave()))

/** Nobody wrote or tapped for this long: what is on the screen may be anybody's to read. */
const QUIET_MS = 1_200_000
let quiet: ReturnType<typeof setTimeout>
function stir(): void {
  const since = Date.now()
  clearTimeout(quiet)
  quiet = setTimeout(() => chat.quiet(since), QUIET_MS)
}
addEventListener('keydown', stir)
addEventListener('pointerdown', stir)

/** The gate waits for a quiet moment by itself; its line to this page is small, and tried until it is there. */
const loadGate = (): NonNullable<typeof chat.talk.gate> =>
  import('./browser-gate.ts').then(
    ({ gateFor }) => gateFor(chat.config.region),
    () => new Promise((resolve) => setTimeout(() => resolve(loadGate()), 5_000)),
  )

await speak(root.lang)
whenOpened(() => chat.opened())
tellHost('porchlight:ready')
chat.talk.gate = loadGate()
