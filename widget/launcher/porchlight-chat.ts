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
 * @attribute launcher - `none`: no button of ours; the page's own button calls `open()`.
 * @attribute discreet - no lamp on the button and no name in the chat's header.
 * @cssproperty --porch-brand - colour of the button; its text is white (`porchlight check` knows the program's own).
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
  /** Stands in the panel once it was wanted; its class says that the chat in it has spoken. */
  #frame = document.createElement('iframe')
  /** Where the focus was before the panel opened. */
  #before = document.activeElement as HTMLElement | null
  #late = 0

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    this.#button.append('')
    this.#button.onclick = () => this.toggle()
    this.#button.onpointerenter = this.#button.onfocus = () => this.#warm()
    this.#panel.role = 'dialog'
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
    this.#show(false)
    addEventListener('message', this)
    visualViewport!.addEventListener('resize', this)
  }

  disconnectedCallback(): void {
    removeEventListener('message', this)
    visualViewport!.removeEventListener('resize', this)
    this.#frame.remove()
    this.#show(false)
  }

  open(): void {
    if (!this.#panel.hidden) return
    if (this.#isPage) {
      location.assign(this.#url)
      return
    }
    this.#before = document.activeElement as HTMLElement
    this.#warm()
    this.#show(true)
    this.#greet()
    this.dispatchEvent(new Event('open'))
  }

  close(): void {
    if (this.#panel.hidden) return
    this.#show(false)
    ;(this.#button.offsetWidth ? this.#button : this.#before)?.focus()
    this.dispatchEvent(new Event('close'))
  }

  toggle(): void {
    this.#panel.hidden ? this.open() : this.close()
  }

  get #isPage(): boolean {
    return this.getAttribute('isolation') === 'inline'
  }

  get #url(): string {
    const lang = this.lang || this.closest<HTMLElement>('[lang]')?.lang || navigator.language
    return `${origin}/chat/${this.getAttribute('program')}?lang=${/^es/i.test(lang) ? 'es' : 'en'}${this.hasAttribute('discreet') ? '&discreet' : ''}`
  }

  #warm(): void {
    if (this.#frame.isConnected || this.#isPage) return
    this.#frame.className = ''
    this.#frame.title = this.#panel.ariaLabel!
    this.#frame.src = this.#url
    this.#panel.append(this.#frame)
    clearTimeout(this.#late)
    this.#late = window.setTimeout(
      () => this.#frame.className || this.dispatchEvent(new Event('error')),
      READY_WITHIN_MS,
    )
  }

  #show(isOpen: boolean): void {
    this.#panel.hidden = !isOpen
    this.#button.ariaExpanded = `${isOpen}`
  }

  #greet(): void {
    if (!this.#frame.className || this.#panel.hidden) return
    this.#frame.focus()
    this.#frame.contentWindow!.postMessage('porchlight:open', origin)
  }

  /** Hears the frame, and the window: on a phone the panel ends where the keyboard begins. */
  handleEvent(event: MessageEvent): void {
    const { height, scale } = visualViewport!
    this.#panel.style.maxHeight = `${height * scale}px`
    if (event.origin !== origin || event.source !== this.#frame.contentWindow) return
    if (event.data === 'porchlight:close') this.close()
    if (event.data === 'porchlight:ready') {
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
