/**
 * `<porchlight-visitor>`: the visitor's chat inside its frame.
 *
 * It draws into the page itself rather than a shadow root: the frame already keeps everybody else
 * out, the page's own stylesheet works before any script, and labels can point at their fields. It
 * is a plain element with Lit's templates: LitElement itself would cost a sixth of the whole budget.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js'
import { type Entry, wantsField } from '../shared/view-model.ts'
import { english, type Words } from '../shared/words.ts'
import { Announcer } from './announcer.ts'
import { drawCrisis } from './crisis-view.ts'
import { drawDay, drawEntry } from './entry-view.ts'
import { LogScroll } from './log-scroll.ts'
import { readPageConfig } from './page-config.ts'
import { drawReplies } from './replies-view.ts'
import { Talk, type TalkListener } from './talk.ts'

type Parts = typeof import('./parts.ts')
type Fields = typeof import('./fields.ts')

export class VisitorChat extends HTMLElement {
  words: Words = english
  #chosen: string | null = null
  #isUnfolded = false
  #notice = ''
  #isDrawing = false
  #trouble = ''
  #parts: Parts | undefined
  #fields: Fields | undefined
  readonly config = readPageConfig()
  readonly announcer = new Announcer(() => this.redraw())
  readonly talk = new Talk(this.config, () => this.words.lang, {
    onChange: () => this.redraw(),
    onNews: (entries, how) => this.#speak(entries, how),
    onStartedAgain: () => {
      this.#notice = this.words.startedAgain
    },
  })
  readonly #scroll = new LogScroll(this)

  connectedCallback(): void {
    // The page's own form worked until now; what was begun in it is not lost.
    const draft = this.#box?.value
    this.replaceChildren()
    this.redraw()
    if (draft) queueMicrotask(() => Object.assign(this.#box!, { value: draft }))
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

  /** The panel was opened: connect. */
  opened(): void {
    this.talk.open()
    this.#takeFocus()
  }

  /** Nothing was heard since then: warns, and clears this screen when nobody answers. */
  async quiet(since: number): Promise<void> {
    const parts = await this.#loadParts()
    parts ? parts.watchQuiet(this, since) : void this.talk.end()
  }

  /** Into the message box, but never so that a phone's keyboard jumps up unasked. */
  #takeFocus(): void {
    if (document.activeElement === this.#box) return
    this.querySelector<HTMLElement>(matchMedia('(pointer: fine)').matches ? '#box' : '.log')?.focus()
  }

  #draw(): TemplateResult {
    const { talk, words } = this
    const isSmall = talk.log.slice(talk.cardAt).some(({ speaker }) => speaker === 'visitor')
    const pinned = isSmall ? null : talk.card
    const parts = {
      words,
      pinned,
      sendAgain: () => talk.sendAgain(),
      say: this.#say,
      drawSources: this.#parts?.drawSources,
    }
    return html`${talk.card ? drawCrisis(talk.card, { isSmall, words, send: this.#say }) : nothing}
      <div class="log" role="log" aria-live="off" aria-label=${words.conversation} tabindex="0" @scroll=${() => this.#scroll.moved()}>
        ${talk.log.map((entry, at) => [drawDay(entry.at, talk.log[at - 1]?.at ?? Date.now(), words), drawEntry(entry, parts)])}
        ${talk.isAnswering ? html`<p class="dots"><span class="unseen">${words.waiting}</span><i></i><i></i><i></i></p>` : nothing}
        ${this.#drawAsked()}
      </div>
      ${this.#scroll.isBehind ? html`<button type="button" class="latest" @click=${() => this.#scroll.toEnd()}>${words.latest}</button>` : nothing}
      ${this.#drawStatus()}
      <form class="composer" @submit=${this.#submit}>
        <label for="box">${words.message}</label><button type="button" class="plain" @click=${this.#showMyWords}>${words.myWords}</button>
        <textarea id="box" rows="1" maxlength="8000" enterkeyhint="send" @keydown=${this.#keyed}></textarea>
        <button class="main">${words.send}</button>
      </form>
      <div class="unseen" role="status">${this.announcer.polite}</div>
      <div class="unseen" role="alert">${this.announcer.assertive}</div>`
  }

  /** What the last question waits for: a field, which comes with its own part of the program, and replies. */
  #drawAsked(): (TemplateResult | typeof nothing | undefined)[] | typeof nothing {
    const last: Entry | undefined = this.talk.log.at(-1)
    if (!last || last.speaker === 'visitor' || last.isPartial) return nothing
    const { input, replies } = last
    const skip = input?.optional && replies.length === 0
    return [
      wantsField(input)
        ? this.#fields?.drawField({ ...input, optional: Boolean(skip) }, this.words, this.#say)
        : nothing,
      (input as Entry['input'])?.type === 'photo'
        ? this.#fields?.drawPhoto(this.words.lang, () => this.talk.uploads)
        : nothing,
      replies.length > 0 ? this.#drawReplies(replies) : nothing,
    ]
  }

  #drawReplies(replies: Entry['replies']): TemplateResult {
    const state = { replies, chosen: this.#chosen, isUnfolded: this.#isUnfolded }
    return drawReplies(state, this.words, {
      choose: (value) => {
        this.#chosen = value
        this.redraw()
        queueMicrotask(() => this.querySelector<HTMLElement>('.reply .main')?.focus())
      },
      send: this.#say,
      unfold: () => {
        this.#isUnfolded = true
        this.redraw()
      },
    })
  }

  #drawStatus(): TemplateResult | typeof nothing {
    const { status } = this.talk
    const isFine = status === 'online' || status === 'connecting'
    const text = isFine ? this.#notice : this.words.status[status === 'offline' || status === 'busy' ? status : 'down']
    if (text !== this.#trouble) this.announcer.say(text)
    this.#trouble = text
    return text ? html`<p class=${isFine ? 'trouble calm' : 'trouble'}>${text}</p>` : nothing
  }

  /** Fetches what is drawn only now and then, the first time that something asks for it. */
  async #loadParts(): Promise<Parts | undefined> {
    this.#parts ??= await import('./parts.ts').catch(() => undefined)
    this.redraw()
    return this.#parts
  }

  async #loadFields(): Promise<void> {
    this.#fields ??= await import('./fields.ts').catch(() => undefined)
    this.redraw()
  }

  tell(notice: string): void {
    this.#notice = notice
    this.redraw()
  }

  readonly #showMyWords = async () => {
    ;(await this.#loadParts())?.openMyWords(this)
  }

  #speak(entries: readonly Entry[], how: Parameters<TalkListener['onNews']>[1]): void {
    const text = entries.map((entry) => entry.text).join(' \n')
    if (entries.some(({ facts }) => facts.length > 0)) void this.#loadParts()
    if (entries.some(({ input }) => input?.type === 'photo' || wantsField(input))) void this.#loadFields()
    if (how === 'danger') {
      this.announcer.alert(text)
      queueMicrotask(() => this.querySelector('.crisis')?.scrollIntoView(true))
    } else if (how === 'news') this.announcer.say(text)
  }

  readonly #say = (text: string): void => {
    this.#chosen = null
    this.#isUnfolded = false
    this.#notice = ''
    this.talk.say(text)
    this.#scroll.toEnd()
    this.#takeFocus()
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
