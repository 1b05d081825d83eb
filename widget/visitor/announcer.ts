/**
 * The one voice for screen readers: each new message is spoken once, danger before everything else.
 *
 * The log itself is silent (`aria-live="off"`), because browsers repeat it when a line changes. The
 * pause lets a turn's messages be spoken together, and NVDA drops what comes while focus moves.
 */
const PAUSE_MS = 250

export class Announcer {
  polite = ''
  assertive = ''
  #waiting: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  say(text: string): void {
    this.#waiting.push(text)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.polite = this.#waiting.join(' \n')
      this.#waiting = []
      this.#onChange()
    }, PAUSE_MS)
  }

  alert(text: string): void {
    this.assertive = text
    this.#onChange()
  }
}
