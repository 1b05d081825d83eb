/**
 * The field for an answer that is more than a choice: native controls, autofill names, no surprises.
 *
 * A slip is told in words beside the field and never in red; a member id is hidden unless shown on
 * purpose, and what a shared computer would remember is kept from it.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { InputSpec } from '../../flows/activity.ts'
import { AUTOFILL } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'
import { answerText, type FieldType } from './answer-text.ts'
import { type FieldWords, fieldWords } from './field-words.ts'

interface FieldAttributes {
  readonly type: string
  readonly mode: string
  readonly width: string
}

const attributes: Readonly<Record<Exclude<FieldType, 'multi' | 'date'>, FieldAttributes>> = {
  text: { type: 'text', mode: 'text', width: '' },
  number: { type: 'text', mode: 'decimal', width: 'short' },
  phone: { type: 'tel', mode: 'tel', width: '' },
  email: { type: 'email', mode: 'email', width: '' },
  'member-id': { type: 'text', mode: 'text', width: 'masked' },
}

/** Draws the field of a pending question; `send` gets the answer as text. */
export function drawField(spec: InputSpec, words: Words, send: (text: string) => void): TemplateResult {
  const own = fieldWords[words.lang]
  const type = spec.type as FieldType
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const text = answerText(spec, new FormData(form))
    form.classList.toggle('wrong', text === null)
    if (text !== null) send(text)
    else markWrong(form.querySelector('input'))
  }
  return html`<form class="field" novalidate autocomplete=${AUTOFILL.test(spec.field ?? '') ? 'on' : 'off'} @submit=${submit}>
    ${type === 'multi' ? drawChoices(spec, own) : type === 'date' ? drawDate(spec, own) : drawLine(spec, type, own)}
    <p class="mend" id="mend" role="alert">${own.mend[type]}</p>
    <div class="row"><button class="main">${words.send}</button>
    ${spec.optional ? html`<button type="button" @click=${() => send(own.skip)}>${own.skip}</button>` : nothing}</div>
  </form>`
}

function drawChoices(spec: InputSpec, own: FieldWords): TemplateResult {
  return html`<fieldset aria-describedby="mend"><legend>${own.chooseAny}</legend>
    ${spec.options?.map(({ value, label }) => html`<label class="check"><input type="checkbox" name="answer" value=${value}>${label}</label>`)}
  </fieldset>`
}

function drawDate(spec: InputSpec, own: FieldWords): TemplateResult {
  const part = (name: 'month' | 'day' | 'year', size: number) =>
    html`<label>${own[name]}<input name=${name} size=${size} maxlength=${size} inputmode="numeric" aria-describedby="hint mend" autocomplete=${spec.field === 'bday' ? `bday-${name}` : 'off'}></label>`
  return html`<fieldset><legend>${spec.field === 'bday' ? own.birthday : own.date}</legend><p class="hint" id="hint">${own.hint.date}</p>
    <div class="row">${part('month', 2)}${part('day', 2)}${part('year', 4)}</div></fieldset>`
}

function drawLine(spec: InputSpec, type: Exclude<FieldType, 'multi' | 'date'>, own: FieldWords): TemplateResult {
  const { type: kind, mode, width } = attributes[type]
  const hint = type === 'phone' || type === 'member-id' ? own.hint[type] : undefined
  const autofill = AUTOFILL.test(spec.field ?? '') ? spec.field : 'off'
  return html`<label for="answer">${own.named[spec.field ?? ''] ?? own.label[type]}</label>
    ${hint ? html`<p class="hint" id="hint">${hint}</p>` : nothing}
    <div class="row"><input id="answer" name="answer" class=${width} type=${kind} inputmode=${mode} autocomplete=${autofill}
      aria-describedby=${hint ? 'hint mend' : 'mend'} spellcheck="false" autocapitalize=${type === 'text' ? 'words' : 'off'} enterkeyhint="send">
    ${type === 'member-id' ? html`<button type="button" aria-pressed="false" @click=${(event: Event) => toggleMask(event, own)}>${own.show}</button>` : nothing}</div>`
}

function markWrong(input: HTMLInputElement | null): void {
  if (!input) return
  input.ariaInvalid = 'true'
  input.focus()
}

function toggleMask(event: Event, own: FieldWords): void {
  const button = event.currentTarget as HTMLButtonElement
  const isMasked = button.previousElementSibling?.classList.toggle('masked')
  button.textContent = isMasked ? own.show : own.hide
  button.ariaPressed = `${!isMasked}`
}
