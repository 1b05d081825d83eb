/**
 * Keeps the conversation where the reader left it, and at its end when that is what was being read.
 */
const NEAR_PX = 48

export class TalkScroll {
  readonly #page: HTMLElement
  #shown: string | null = null
  #isAtEnd = true

  constructor(page: HTMLElement) {
    this.#page = page
  }

  /** Before the page is drawn: was the end in sight? */
  before(): void {
    const talk = this.#talk
    if (talk) this.#isAtEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR_PX
  }

  after(lead: { readonly id: string } | null): void {
    const id = lead?.id ?? null
    if (id !== this.#shown || this.#isAtEnd) this.toEnd()
    this.#shown = id
  }

  toEnd(): void {
    requestAnimationFrame(() => this.#talk?.scrollTo({ top: this.#talk.scrollHeight }))
  }

  get #talk(): HTMLElement | null {
    return this.#page.querySelector('.talk')
  }
}
