/**
 * What a pending question waits for, as plain HTML controls with their labels and autofill names.
 *
 * Choices are radio buttons, so that what is chosen can be looked at before it is sent.
 */
import type { InputSpec } from '../../flows/activity.ts'
import { escapeHtml } from '../pages/templates.ts'
import type { PostedForm } from './answer.ts'
import type { Mend, PlainWords } from './words.ts'

/** HTML's own autofill names; what has another name is better kept out of the browser's memory. */
const AUTOFILL = /^(given-name|family-name|name|bday|tel|email|postal-code|address-level[12])$/

const lineTypes = {
  text: ['text', 'text'],
  number: ['text', 'decimal'],
  phone: ['tel', 'tel'],
  email: ['email', 'email'],
  'member-id': ['text', 'text'],
} as const

export interface FieldState {
  readonly words: PlainWords
  /** Labels offered by the last message, where the question lists none. */
  readonly offered: readonly string[]
  readonly mend: Mend | null
  /** What was written before, when it has to be mended. */
  readonly before: PostedForm | null
}

/** The controls of a question, '' when it only wants words. */
export function fieldOf(spec: InputSpec | null, state: FieldState): string {
  const { words, offered, mend } = state
  const hint = mend === null ? '' : `<p class="mend" id="mend">${words.mend[mend]}</p>`
  switch (spec?.type) {
    case 'multi':
      return `<fieldset class="field"><legend>${words.chooseAny}</legend>${hint}${labelsOf(spec)
        .map((label) => boxOf('checkbox', label, state))
        .join('')}</fieldset>`
    case 'date':
      return dateOf(spec, state, hint)
    case 'number':
    case 'phone':
    case 'email':
    case 'member-id':
      return lineOf(spec, state, hint)
    case 'text':
      return AUTOFILL.test(spec.field ?? '') ? lineOf(spec, state, hint) : hint
    default: {
      const labels = offered.length > 0 ? offered : spec ? labelsOf(spec) : []
      if (labels.length === 0) return hint
      return `<fieldset class="field"><legend>${words.yourAnswer}</legend>${hint}${labels.map((label) => boxOf('radio', label, state)).join('')}</fieldset>`
    }
  }
}

/** Does this question stand as radio buttons, its offered replies among them? */
export function isChosen(spec: InputSpec | null): boolean {
  return spec === null || ['choice', 'consent', 'photo', 'text'].includes(spec.type)
}

function labelsOf(spec: InputSpec): string[] {
  return (spec.options ?? []).map(({ label }) => label)
}

function boxOf(type: 'radio' | 'checkbox', label: string, { before }: FieldState): string {
  const shown = escapeHtml(label)
  const checked = before?.answer.includes(label) ? ' checked' : ''
  return `<label class="check"><input type="${type}" name="answer" value="${shown}"${checked}>${shown}</label>`
}

function lineOf(spec: InputSpec, { words, before }: FieldState, hint: string): string {
  const [type, mode] = lineTypes[spec.type as keyof typeof lineTypes]
  const autofill = AUTOFILL.test(spec.field ?? '') ? spec.field : 'off'
  const label = words.named[spec.field ?? ''] ?? words.label[spec.type as keyof typeof lineTypes]
  const value = spec.type === 'member-id' ? '' : escapeHtml(before?.answer[0] ?? '')
  const described = hint === '' ? '' : ' aria-describedby="mend" aria-invalid="true"'
  const masked = spec.type === 'member-id' ? ' class="masked"' : ''
  return `<div class="field"><label for="answer">${label}</label>${hint}<input id="answer" name="answer" type="${type}" inputmode="${mode}" autocomplete="${autofill}" spellcheck="false" value="${value}"${masked}${described}></div>`
}

function dateOf(spec: InputSpec, { words, before }: FieldState, hint: string): string {
  const part = (name: 'month' | 'day' | 'year', size: number): string => {
    const autofill = spec.field === 'bday' ? `bday-${name}` : 'off'
    const described = hint === '' ? '' : ' aria-describedby="mend"'
    return `<label>${words[name]}<input name="${name}" size="${size}" maxlength="${size}" inputmode="numeric" autocomplete="${autofill}" value="${escapeHtml(before?.[name] ?? '')}"${described}></label>`
  }
  const legend = spec.field === 'bday' ? words.birthday : words.date
  return `<fieldset class="field"><legend>${legend}</legend>${hint}<div class="row">${part('month', 2)}${part('day', 2)}${part('year', 4)}</div></fieldset>`
}
