/**
 * The twenty-second brief: what one must know before calling, in the order in which it matters.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Brief } from '../../flows/brief.ts'
import type { LeadView } from './desk-api.ts'
import { plainLabel, routeWords, wanted } from './lead-words.ts'
import { clockWords } from './time-words.ts'

export function briefView(lead: LeadView): TemplateResult {
  const { brief } = lead
  if (lead.isErased || !brief) {
    return html`<p class="empty">The visitor erased this conversation. Its words are gone; the lead keeps only codes and times.</p>`
  }
  return html`${dangerLine(brief)}
    <dl class="brief">
      ${entry('Name to use', brief.name ?? 'not given')} ${entry('For whom', brief.forWhom)} ${contact(brief)}
      ${entry('Route', html`${routeWords[brief.route.primary] ?? brief.route.primary}${list(brief.reasons)}`)}
      ${brief.route.unanswered.length > 0 ? entry('Not answered', brief.route.unanswered.map(wanted).join(', ')) : nothing}
      ${entry('In their words', brief.ownWords === null ? null : html`<q>${brief.ownWords}</q>`)}
      ${brief.use.map((line) => entry(line.title, line.words))} ${coverage(brief)} ${consents(brief)}
      ${brief.openQuestions.length > 0 ? entry('Open questions', list(brief.openQuestions)) : nothing}
      ${entry('Language', brief.locale === 'es-US' ? 'Spanish' : 'English')} ${brief.lines.map((line) => entry(line.title, line.words))}
    </dl>
    <p class="first"><b>You could begin with:</b> “${brief.suggestedFirstSentence}”</p>
    ${scores(lead)}
    <p class="quiet">${brief.route.disclaimer}</p>`
}

function dangerLine(brief: Brief): TemplateResult {
  const { danger } = brief
  if (!danger) return html`<p class="safety">No sign of danger was heard. That is not “no risk”.</p>`
  const whose = danger.who === 'other' ? ' (somebody else)' : ''
  const state = danger.isOpen ? 'the visitor has not gone on yet' : 'the visitor went on with the chat'
  return html`<p class="safety danger"><b>■ ${plainLabel(danger.label)}${whose}</b>, heard at ${clockWords(danger.since)}; ${state}.</p>`
}

function contact({ contact }: Brief): unknown {
  if (!contact.isSafe) return entry('Contact', html`<b>Not safe to contact.</b> Do not call, text or write.`)
  const voicemail = contact.voicemailIsSafe === null ? 'not asked: treat as no' : contact.voicemailIsSafe ? 'yes' : 'no'
  return html`${contact.phone ? entry('Phone', html`<a href="tel:${contact.phone}">${contact.phone}</a>`) : nothing}
  ${contact.email ? entry('E-mail', contact.email) : nothing} ${entry('Best time', contact.bestTime)}
  ${contact.phone ? entry('Voicemail is safe', voicemail) : nothing}
  ${!contact.phone && !contact.email ? entry('Contact', 'none given') : nothing}`
}

function coverage({ coverage }: Brief): unknown {
  const check = coverage.mayBeChecked ? 'may be checked with the insurer' : 'no consent to ask the insurer'
  return entry(
    'Insurance',
    `${coverage.payer ?? 'not named'} (${coverage.state}); ${check}${coverage.condition ? `; ${coverage.condition}` : ''}`,
  )
}

function consents({ consents }: Brief): unknown {
  if (consents.length === 0) return entry('Consents', 'none')
  return entry('Consents', consents.map((one) => `${one.kind}: ${one.given ? 'yes' : 'no'}`).join(', '))
}

function scores(lead: LeadView): unknown {
  const shown = (lead.scores ?? []).filter((one) => one.total !== null)
  if (shown.length === 0) return nothing
  return html`<details><summary>Screening totals</summary><ul>${shown.map((one) => html`<li>${one.title}: ${one.total}</li>`)}</ul></details>`
}

function entry(term: string, value: unknown): unknown {
  return value === null || value === undefined || value === ''
    ? nothing
    : html`<div><dt>${term}</dt><dd>${value}</dd></div>`
}

function list(items: readonly string[]): unknown {
  return items.length === 0 ? nothing : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}
