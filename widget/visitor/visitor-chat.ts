/**
 * `<porchlight-visitor>`: the visitor's chat inside its frame.
 *
 * It draws into the page itself rather than a shadow root: the frame already keeps everybody else
 * out, the page's own stylesheet works before any script, and labels can point at their fields. It
 * is a plain element with Lit's templates: LitElement itself would cost a sixth of the whole budget.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js'
import type { Entry, Reply } from '../shared/view-model.ts'
import { english, type Words } from '../shared/words.ts'
import { Announcer } from './announcer.ts'
import { drawCrisis } from './crisis-view.ts'
import { drawEntry } from './entry-view.ts'
import { LogScroll } from './log-scroll.ts'
import { readPageConfig } from './page-config.ts'
import { drawReplies } from './replies-view.ts'
import { Talk } from './talk.ts'

export class VisitorChat extends HTMLElement {
  words: Words = english
  #chosen: string | null = null
  #isUnfolded = false
  #notice = ''
  #isDrawing = false
  readonly config = readPageConfig()
  readonly announcer = new Announcer(() => this.redraw())
  readonly talk = new Talk(this.config, () => this.words.lang, {
    onChange: () => this.redraw(),
    onNews: (entries, isDanger) => this.#speak(entries, isDanger),
    onStartedAgain: () => {
      this.#notice = this.words.startedAgain
      this.announcer.say(this.#notice)
    },
  })
  readonly #scroll = new LogScroll(this)

  connectedCallback(): void {
    this.redraw()
  }

  /** Draws once, after everything of this moment has changed. */
  redraw(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    queueMicrotask(() => {
      this.#isDrawing = false
      this.#scroll.before()
      render(this.#draw(), this)
      this.#scroll.after(this.talk.log)
    })
  }

  /** The panel was opened: connect, and take the focus where no keyboard would jump up for it. */
  opened(): void {
    this.talk.open()
    if (matchMedia('(pointer: fine)').matches) this.#box?.focus()
  }

  #draw(): TemplateResult {
    const { talk, words } = this
    const isSmall = talk.log.findLastIndex(({ kind }) => kind === 'crisis') < talk.log.length - 2
    return html`${talk.card ? drawCrisis(talk.card, isSmall, words, (value) => this.#say(value)) : nothing}
      <div class="log" role="log" aria-live="off" aria-label=${words.conversation} tabindex="0" @scroll=${() => this.#scroll.moved()}>
        ${talk.log.map((entry) => drawEntry(entry, words, () => talk.sendAgain()))}
        ${talk.isAnswering ? html`<p class="dots"><span class="unseen">${words.waiting}</span><i></i><i></i><i></i></p>` : nothing}
        ${this.#drawAsked()}
      </div>
      ${this.#scroll.isBehind ? html`<button type="button" class="latest" @click=${() => this.#scroll.toEnd()}>${words.latest}</button>` : nothing}
      ${this.#drawStatus()}
      <form class="composer" @submit=${this.#submit}>
        <label for="box">${words.message}</label>
        <textarea id="box" rows="1" maxlength="8000" enterkeyhint="send" @keydown=${this.#keyed}></textarea>
        <button class="main">${words.send}</button>
      </form>
      <div class="unseen" role="status">${this.announcer.polite}</div>
      <div class="unseen" role="alert">${this.announcer.assertive}</div>`
  }

  #drawAsked(): TemplateResult | typeof nothing {
    const replies = this.#askedReplies()
    if (replies.length === 0) return nothing
    return drawReplies({ replies, chosen: this.#chosen, isUnfolded: this.#isUnfolded }, this.words, {
      choose: (value) => {
        this.#chosen = value
        this.redraw()
        queueMicrotask(() => this.querySelector<HTMLElement>('.reply .main')?.focus())
      },
      send: (value) => this.#say(value),
      unfold: () => {
        this.#isUnfolded = true
        this.redraw()
      },
    })
  }

  #askedReplies(): readonly Reply[] {
    const last: Entry | undefined = this.talk.log.at(-1)
    return last && last.speaker !== 'visitor' && !last.isPartial ? last.replies : []
  }

  #drawStatus(): TemplateResult | typeof nothing {
    const status = this.talk.status
    const trouble =
      status === 'offline' || status === 'busy'
        ? status
        : status === 'online' || status === 'connecting'
          ? null
          : 'down'
    const text = trouble ? this.words.status[trouble] : this.#notice
    return text ? html`<p class="trouble">${text}</p>` : nothing
  }

  #speak(entries: readonly Entry[], isDanger: boolean): void {
    const text = entries.map((entry) => entry.text).join(' \n')
    if (isDanger) this.announcer.alert(text)
    else this.announcer.say(text)
  }

  #say(text: string): void {
    this.#chosen = null
    this.#isUnfolded = false
    this.#notice = ''
    this.talk.say(text)
    this.#scroll.toEnd()
    this.#box?.focus()
  }

  readonly #submit = (event: Event) => {
    event.preventDefault()
    const text = this.#box?.value.trim()
    if (!text || !this.#box) return
    this.#box.value = ''
    this.#say(text)
  }

  readonly #keyed = (event: KeyboardEvent) => {
    // 229 is what Safari gives for the Enter that only ends a composition.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    this.#submit(event)
  }

  get #box(): HTMLTextAreaElement | null {
    return this.querySelector<HTMLTextAreaElement>('#box')
  }
}
