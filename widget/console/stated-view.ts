/**
 * What staff have stated: what a colleague must read, what is said, what is no more.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Stated } from './learning-api.ts'
import { after, type LearningShown, openForm } from './learning-shown.ts'
import type { OpenForm } from './learning-state.ts'
import { statementForm } from './statement-form.ts'
import { agoWords } from './time-words.ts'

/** Others' statements first: they wait for this person. */
export function reviewView(shown: LearningShown): TemplateResult {
  const { learning, me } = shown
  const all = (learning.stated ?? []).filter(({ state }) => state === 'awaits-review' || state === 'returned')
  const rank = ({ state, by }: Stated): number => (state === 'awaits-review' && by !== me ? 0 : by === me ? 1 : 2)
  const sorted = all.toSorted((a, b) => rank(a) - rank(b) || a.at.localeCompare(b.at))
  if (sorted.length === 0)
    return html`<p class="empty">Nothing waits to be read. What somebody states appears here until a colleague passes it.</p>`
  return html`<p class="quiet">Read both sentences against where they come from. Once passed, the assistant says them.</p>
    <ul class="questions">${sorted.map((one) => row(one, shown))}</ul>`
}

/** What is past its day stands first, then what soon will be. */
export function saidView(shown: LearningShown): TemplateResult {
  const said = (shown.learning.stated ?? []).filter(({ state }) => state === 'said')
  if (said.length === 0)
    return html`<p class="empty">Nothing stated here is said yet. The facts of the program’s own page stand in its folder.</p>`
  const sorted = said.toSorted((a, b) => (a.reviewBy ?? '').localeCompare(b.reviewBy ?? ''))
  return html`<p class="quiet">Nothing ends by itself. Past its day a sentence is said with “the team will confirm it”.</p>
    <ul class="questions">${sorted.map((one) => row(one, shown))}</ul>`
}

export function endedView(shown: LearningShown): TemplateResult {
  const ended = (shown.learning.stated ?? []).filter(({ state }) => state === 'withdrawn' || state === 'out-of-scope')
  if (ended.length === 0) return html`<p class="empty">Nothing was set aside or withdrawn.</p>`
  return html`<ul class="questions">${ended.map((one) => row(one, shown))}</ul>`
}

function row(one: Stated, shown: LearningShown): unknown {
  const { form } = shown.learning
  const open = form?.key === one.id ? form : null
  const { stated } = one
  return keyed(
    one.id,
    html`<li>
    <h3>${one.topic?.replaceAll('-', ' ') ?? (stated ? 'something else' : 'questions')}</h3>
    <span class="quiet">${one.program} · ${whoWords(one)} ${agoWords(one.at, shown.now)}</span>
    ${stated === null ? nothing : words(one)}
    ${one.note === '' ? nothing : html`<p class="note">${one.note}</p>`}
    ${dueWords(one)}
    ${one.faults.length === 0 ? nothing : html`<ul class="warn">${one.faults.map((fault) => html`<li>${fault}</li>`)}</ul>`}
    ${open === null ? buttons(one, shown) : formOf(one, open, shown)}
  </li>`,
  )
}

function words({ stated, reviewBy }: Stated): TemplateResult {
  const { en, es, source, owner, tries, topic } = stated!
  const examples = [...tries.en, ...tries.es]
  return html`<p>${en}</p><p lang="es">${es}</p>
    <p class="quiet">From: ${source} · ${owner} · until ${reviewBy}</p>
    <p class="quiet">Answers ${topic === null ? 'only questions like its examples' : `every question about ${topic.replaceAll('-', ' ')}`}.</p>
    <details class="fold"><summary>${examples.length === 1 ? '1 question leads' : `${examples.length} questions lead`} to it</summary><ul class="asked">${examples.map((one) => html`<li><q>${one}</q></li>`)}</ul></details>`
}

function whoWords({ state, by, reviewedBy, confirmedBy }: Stated): string {
  switch (state) {
    case 'awaits-review':
      return `stated by ${by}`
    case 'returned':
      return `stated by ${by}, sent back by ${reviewedBy}`
    case 'said':
      return `stated by ${by}, passed by ${reviewedBy}${confirmedBy === null ? '' : `, confirmed by ${confirmedBy}`}`
    case 'out-of-scope':
      return `set aside by ${by}`
    case 'withdrawn':
      return `withdrawn; stated by ${by}`
  }
}

function dueWords({ due, reviewBy, isInFolder }: Stated): TemplateResult | typeof nothing {
  if (isInFolder) return html`<p class="quiet">It stands in the program’s files by now, and is changed there.</p>`
  if (due === 'past')
    return html`<p class="warn">Past its day (${reviewBy}): the assistant adds that the team will confirm it.</p>`
  return due === 'soon' ? html`<p class="warn">Look at it again before ${reviewBy}.</p>` : nothing
}

function buttons(one: Stated, shown: LearningShown): TemplateResult | typeof nothing {
  const { learning, me } = shown
  const { id, by, state, isInFolder, faults } = one
  const ask = (type: 'return' | 'withdraw' | 'confirm') => () => openForm(learning, { type, key: id })
  const change = () => openForm(learning, { type: 'state', key: id, draft: { ...one.stated!, mends: id } })
  const button = (word: string, deed: () => void) =>
    html`<button type="button" ?disabled=${learning.isBusy} @click=${deed}>${word}</button>`
  if (isInFolder) return nothing
  if (state === 'out-of-scope')
    return html`<p class="buttons">${button('Bring back', () => after(learning.bringBack(id)))}</p>`
  if (state === 'withdrawn') return nothing
  if (state === 'said')
    return html`<p class="buttons">${button('It still holds', ask('confirm'))}${button('Change', change)}${button('Withdraw', ask('withdraw'))}</p>`
  if (state === 'awaits-review' && by !== me)
    return html`<p class="buttons"><button type="button" class="main" ?disabled=${learning.isBusy || faults.length > 0} @click=${() => after(learning.pass(one))}>Pass</button>${button('Send back', ask('return'))}</p>`
  return html`${state === 'awaits-review' ? html`<p class="quiet">A colleague passes it.</p>` : nothing}<p class="buttons">${button(state === 'returned' ? 'Mend it' : 'Change', change)}${button('Withdraw', ask('withdraw'))}</p>`
}

const questions = {
  return: ['What is to be mended?', 'Send back'],
  withdraw: ['Why is it said no more?', 'Withdraw'],
  confirm: ['It holds; look at it again by', 'Confirm'],
} as const

function formOf(one: Stated, form: OpenForm, { learning, now }: LearningShown): TemplateResult {
  if (form.type === 'state') return statementForm(form.draft, learning)
  const { type } = form
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const said = String(new FormData(event.currentTarget as HTMLFormElement).get('said'))
    if (type === 'return') after(learning.sendBack(one, said))
    else if (type === 'withdraw') after(learning.withdraw(one.id, said))
    else after(learning.confirm(one, said))
  }
  const [question, word] = questions[type]
  const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10)
  const field =
    type === 'confirm'
      ? html`<input type="date" name="said" min=${tomorrow} required />`
      : html`<input name="said" minlength="3" maxlength="500" required />`
  return html`<form class="statement" @submit=${submit} autocomplete="off">
    <label>${question}${field}</label>
    ${learning.faults.length === 0 ? nothing : html`<p class="faults warn" role="alert" tabindex="-1">${learning.faults.join(' ')}</p>`}
    <p class="buttons"><button class="main" ?disabled=${learning.isBusy}>${word}</button><button type="button" @click=${() => learning.openForm(null)}>Not now</button></p>
  </form>`
}
