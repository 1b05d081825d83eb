/**
 * The first line of every brief: danger, or that none was reported, or that nobody asked.
 *
 * "Nothing reported" is never shown as "safe": the questions were asked by a screen.
 */
import { html, type TemplateResult } from 'lit'
import type { LeadView } from './desk-api.ts'
import { dangerWords } from './lead-words.ts'
import { clockWords } from './time-words.ts'

export function safetyLine(lead: LeadView, now: number): TemplateResult {
  const danger = lead.brief?.danger
  if (danger) {
    const whose = danger.who === 'other' ? ', about somebody else' : ''
    const state = danger.isOpen ? 'They have not gone on since.' : 'They went on with the chat.'
    return html`<p class="safety danger"><b><span aria-hidden="true">■</span> ${dangerWords[danger.label]}${whose}</b>, heard ${clockWords(danger.since, now)}. ${state}</p>`
  }
  const asked = lead.answers.filter(({ answer }) => answer.startsWith('asq.')).at(-1)
  if (!asked) return html`<p class="safety">Safety questions were not asked. No danger was heard.</p>`
  return html`<p class="safety">Safety questions at ${clockWords(asked.at, now)}: nothing reported.</p>`
}
