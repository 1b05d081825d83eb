/**
 * `<porchlight-chat program="…">`: the tag on a provider's page. Its links show until it starts.
 *
 * It draws a button and, when asked, a frame from the script's own origin; nothing that is typed there
 * can be read by a script of the page. It depends on nothing: this file is the whole launcher.
 *
 * @attribute program - which program's chat; required.
 * @attribute lang - `en` or `es`; else the page's language, else the browser's.
 * @attribute label - the button's word; `Chat` when missing.
 * @attribute position - `end` (right, where text runs to the right) or `start`.
 * @attribute isolation - `frame` (default); `inline` opens the chat as a page of its own.
 * @attribute exit - the neutral page of the quick exit.
 * @fires ready open close error - without any payload.
 */
import { launcherCss } from './launcher-css.ts'

const origin = new URL(import.meta.url).origin
const EXIT = 'https://www.weather.gov/'
/** A frame that said nothing for so long has failed; the links inside the tag are on screen all the while. */
const READY_WITHIN_MS = 15_000

const sheet = new CSSStyleSheet()
sheet.replaceSync(launcherCss)

class PorchlightChat extends HTMLElement {
  #button = document.createElement('button')
  #panel = document.createElement('div')
  #frame: HTMLIFrameElement | null = null
  #isReady = false
  #isOpen = false
  #late = 0

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    const lamp = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    lamp.setAttribute('viewBox', '0 0 24 24')
    lamp.setAttribute('aria-hidden', 'true')
    path.setAttribute(
      'd',
      'M11 1h2v2l7 5v1H4V8l7-5zM6 10h12l-2 10H8zm6 2c-1 2-2.5 3-2.5 4.5a2.5 2.5 0 0 0 5 0c0-1.5-1.5-2.5-2.5-4.5zM8 21h8v2H8z',
    )
    lamp.append(path)
    this.#button.append(lamp, '')
    this.#button.onclick = () => this.toggle()
    this.#button.onpointerenter = this.#button.onfocus = () => this.#warm()
    this.#panel.setAttribute('role', 'dialog')
    this.#panel.hidden = true
    const shut = document.createElement('button')
    shut.textContent = '×'
    shut.onclick = () => this.close()
    this.#panel.append(document.createElement('slot'), shut)
    root.append(this.#button, this.#panel)
    this.onkeydown = (event) => {
      if (event.key === 'Escape') this.close()
    }
  }

  connectedCallback(): void {
    const label = this.getAttribute('label') || 'Chat'
    this.#button.lastChild!.textContent = label
    this.#panel.ariaLabel = label
    this.#button.ariaExpanded = `${this.#isOpen}`
    addEventListener('message', this.#heard)
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#heard)
    this.#frame?.remove()
    this.#frame = null
    this.#show(false)
  }

  open(): void {
    if (this.#isOpen) return
    if (this.getAttribute('isolation') === 'inline') {
      location.assign(this.#url)
      return
    }
    this.#warm()
    this.#show(true)
    this.#greet()
    this.dispatchEvent(new Event('open'))
  }

  close(): void {
    if (!this.#isOpen) return
    this.#show(false)
    this.#button.focus()
    this.dispatchEvent(new Event('close'))
  }

  toggle(): void {
    this.#isOpen ? this.close() : this.open()
  }

  get #url(): string {
    const lang = this.lang || this.closest<HTMLElement>('[lang]')?.lang || navigator.language
    return `${origin}/chat/${encodeURIComponent(this.getAttribute('program') ?? '')}?lang=${/^es/i.test(lang) ? 'es' : 'en'}`
  }

  #warm(): void {
    if (this.#frame || this.getAttribute('isolation') === 'inline') return
    this.#isReady = false
    this.#frame = document.createElement('iframe')
    this.#frame.title = this.#panel.ariaLabel!
    this.#frame.src = this.#url
    this.#panel.append(this.#frame)
    clearTimeout(this.#late)
    this.#late = window.setTimeout(() => this.#isReady || this.dispatchEvent(new Event('error')), READY_WITHIN_MS)
  }

  #show(isOpen: boolean): void {
    this.#isOpen = isOpen
    this.#panel.hidden = !isOpen
    this.#button.ariaExpanded = `${isOpen}`
  }

  #greet(): void {
    if (!this.#isReady || !this.#isOpen) return
    this.#frame!.focus()
    this.#frame!.contentWindow!.postMessage('porchlight:open', origin)
  }

  readonly #heard = (event: MessageEvent): void => {
    if (event.origin !== origin || !this.#frame || event.source !== this.#frame.contentWindow) return
    if (event.data === 'porchlight:close') this.close()
    if (event.data === 'porchlight:ready') {
      this.#isReady = true
      this.#frame.className = 'ready'
      this.dispatchEvent(new Event('ready'))
      this.#greet()
    }
    if (event.data === 'porchlight:exit') {
      this.remove()
      location.replace(this.getAttribute('exit') || EXIT)
    }
  }
}

if (!customElements.get('porchlight-chat')) customElements.define('porchlight-chat', PorchlightChat)
