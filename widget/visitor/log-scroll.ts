/**
 * Where the log stands: it follows new words only while the visitor is at its end.
 *
 * A long answer is shown from its first line, not its last; whoever scrolled up to read is left in
 * peace and offered a way down. On a very small window the whole page scrolls instead of the log.
 */
import type { Entry } from '../shared/view-model.ts'

const NEAR_PX = 48

interface Host extends HTMLElement {
  redraw(): void
}

export class LogScroll {
  isBehind = false
  readonly #host: Host
  #wasAtEnd = true
  #count = 0
  /** The first entry of the last answer. */
  #news: HTMLElement | null = null

  constructor(host: Host) {
    this.#host = host
  }

  /** Before a change is drawn: were we at the end? */
  before(): void {
    this.#wasAtEnd = this.#isAtEnd()
  }

  /** After it: go where the news begins, if the visitor was following; what only grew stays where it is. */
  after(log: readonly Entry[]): void {
    const fresh = this.#entries.slice(this.#count).find((entry) => !entry.hidden)
    const isHistory = this.#count === 0 && log.some(({ speaker }) => speaker === 'visitor')
    if (fresh) this.#news = isHistory || log.at(-1)?.speaker === 'visitor' ? null : fresh
    const scroller = this.#scroller
    if (scroller && this.#wasAtEnd) {
      const end = scroller.scrollHeight - scroller.clientHeight
      const goal = this.#news ? Math.min(end, this.#topOf(this.#news, scroller)) : end
      scroller.scrollTop = fresh ? goal : Math.max(goal, scroller.scrollTop)
    }
    this.#count = log.length
    this.moved()
  }

  /** The log was scrolled, by hand or by us: is the latest message out of sight below? */
  moved(): void {
    const latest = this.#entries.findLast((entry) => !entry.hidden)
    const bottom =
      this.#scroller === document.scrollingElement ? innerHeight : this.#scroller?.getBoundingClientRect().bottom
    const isBehind = (latest?.getBoundingClientRect().top ?? 0) > (bottom ?? 0)
    if (isBehind === this.isBehind) return
    this.isBehind = isBehind
    this.#host.redraw()
  }

  toEnd(): void {
    this.#wasAtEnd = true
    const scroller = this.#scroller
    if (scroller) scroller.scrollTop = scroller.scrollHeight
  }

  #isAtEnd(): boolean {
    const scroller = this.#scroller
    return !scroller || scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < NEAR_PX
  }

  #topOf(entry: HTMLElement, scroller: Element): number {
    const edge = scroller === document.scrollingElement ? this.#header : scroller.getBoundingClientRect().top
    return scroller.scrollTop + entry.getBoundingClientRect().top - edge - 12
  }

  /** Height of the header, which stays on top while a small page scrolls. */
  get #header(): number {
    return document.querySelector('header')?.offsetHeight ?? 0
  }

  get #entries(): HTMLElement[] {
    return [...this.#host.querySelectorAll<HTMLElement>('.entry')]
  }

  get #scroller(): Element | null {
    const log = this.#host.querySelector('.log')
    return log && getComputedStyle(log).overflowY === 'visible' ? document.scrollingElement : log
  }
}
