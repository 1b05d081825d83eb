/**
 * The twenty-second brief: what one must know before calling, in the order in which it matters.
 *
 * Everything else that was answered, and every score, is one fold away; a score stands beside its
 * answers and its words, never as a colour.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Brief } from '../../flows/brief.ts'
import type { LeadView } from './desk-api.ts'
import { consentWords, coverageWords, forWhomWords, plainLabel, routeWords, unansweredWords } from './lead-words.ts'
import { safetyLine } from './safety-line.ts'
import { clockWords, theirClock } from './time-words.ts'

/** @param hold - opens the legal hold; null for whoever may not place one. */
export function briefView(lead: LeadView, now: number, hold: (() => void) | null = null): TemplateResult {
  const { brief } = lead
  if (lead.isErased || !brief) {
    return html`<p class="empty">${lead.isUnreadable ? unreadable(lead) : 'This conversation was erased. Its words are gone; codes and times stay.'}</p>
      ${closing(lead)}`
  }
  return html`${safetyLine(lead, now)} ${held(lead)}
    <p class="person"><b class="name">${brief.name ?? 'No name given'}</b> <span class="quiet">${personWords(brief)}</span></p>
    ${contact(lead, now)} ${earlier(lead, now)}
    <dl class="brief">
      ${entry('Route', route(brief))}
      ${entry('Not said', unansweredWords(brief.route.unanswered))}
      ${entry('Own words', brief.ownWords === null ? null : html`<q>${brief.ownWords}</q>`)}
      ${entry('Use', use(brief))}
      ${entry('Insurance', coverage(brief))}
      ${entry('Agreed to', consents(brief))}
      ${entry('Asked', brief.openQuestions.length === 0 ? null : list(brief.openQuestions))}
    </dl>
    ${closing(lead)}
    ${lead.state === 'closed' ? nothing : html`<p class="first"><b>You could begin:</b> ${brief.suggestedFirstSentence}</p>`}
    ${answers(lead)} ${scores(lead, brief.route.disclaimer)}
    ${hold === null ? nothing : html`<p class="buttons"><button type="button" aria-keyshortcuts="h" @click=${hold}>${lead.hold ? 'Lift the legal hold' : 'Place a legal hold'} <kbd>H</kbd></button></p>`}`
}

/** What a colleague can do about it: who wrote is in a new chat, and whoever runs the service looks for the record. */
function unreadable(lead: LeadView): string {
  return `The record of this chat is broken: what was said cannot be shown. If they write again, it is a new chat. Tell an administrator: ${lead.conversation}`
}

/** Set and lifted by an admin (`docs/privacy.md`). */
function held({ hold }: LeadView): TemplateResult | typeof nothing {
  if (!hold) return nothing
  return html`<p class="quiet">Legal hold (${plainLabel(hold.reason)}) since ${hold.since.slice(0, 10)}: nothing of this is erased.</p>`
}

function personWords(brief: Brief): string {
  const whom = brief.forWhom === null ? null : (forWhomWords[brief.forWhom] ?? brief.forWhom)
  const age = brief.lines.find((line) => line.answer === 'age')?.words
  const state = brief.lines.find((line) => line.answer === 'state')?.words
  return [whom, age, state, brief.locale === 'es-US' ? 'Spanish' : 'English'].filter((word) => word).join(' · ')
}

function contact(lead: LeadView, now: number): TemplateResult {
  const { contact } = lead.brief as Brief
  if (!contact.isSafe)
    return html`<p class="contact unsafe"><b>Not safe to contact.</b> Do not call, text or write.</p>`
  if (!contact.phone && !contact.email)
    return html`<p class="contact">No number or address given: the chat is the way to reach them.</p>`
  const clock = lead.timeZone ? theirClock(lead.timeZone, now) : null
  return html`<div class="contact">
    ${contact.phone ? html`<a class="call" href="tel:${contact.phone.replaceAll(' ', '')}">${contact.phone}</a>` : nothing}
    ${contact.email ? html`<a class="call" href="mailto:${contact.email}">${contact.email}</a>` : nothing}
    <span class="quiet">${[timeWords(contact.bestTime), voicemailWords(lead.brief as Brief), contact.callIn && callInWords[contact.callIn], clock ? `${clock} there` : null].filter((word) => word).join(' · ')}</span>
  </div>`
}

/** Not asked of somebody who took a set time: that stands among the answers, and nothing is made up here. */
function timeWords(best: string | null): string | null {
  if (best === null) return null
  return best === 'any' ? 'any time' : `best in the ${best}`
}

/** Not asked and refused are a no. */
function voicemailWords({ contact }: Brief): string | null {
  if (contact.phone === null) return null
  if (contact.voicemailIsSafe === true) return 'voicemail is safe'
  return contact.mayAskByName === true ? 'leave no voicemail, may be asked for by name' : 'leave no voicemail'
}

const callInWords: Readonly<Record<string, string>> = {
  spanish: 'call in Spanish',
  interpreter: 'call with an interpreter',
  english: 'English is fine',
}

/** The same person wrote before, or since: one of the staff speaks with her about all of it. */
function earlier({ earlier: others = [] }: LeadView, now: number): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing
  return html`<p class="quiet">Wrote also: ${others.map(({ id, openedAt, state, claimedBy, closedAs }, index) => {
    const stands =
      state === 'claimed' ? `with ${claimedBy}` : state === 'closed' ? plainLabel(closedAs ?? 'closed') : 'waits too'
    return html`${index === 0 ? '' : '; '}<a href="#${id}">${clockWords(openedAt, now)}</a>, ${stands}`
  })}</p>`
}

function route(brief: Brief): TemplateResult {
  const { primary, tags } = brief.route
  // What the insurance line says already need not be said twice.
  const told = tags.filter((tag) => tag !== 'coverage-unknown').map((tag) => tag.replaceAll('-', ' '))
  const why = [...brief.reasons.map((reason) => reason.replace(/^[A-Z]-\d+ /, '')), ...brief.staffHints]
  return html`<b>${routeWords[primary] ?? primary}</b>${why.length > 0 ? `: ${why.join('; ')}` : ''}
    ${told.length > 0 ? html`<span class="quiet">(${told.join(', ')})</span>` : nothing}`
}

function use(brief: Brief): string | null {
  if (brief.use.length === 0) return null
  // Drinking first; then what was taken when, and what happens without it.
  const lines = [...brief.use].sort(
    (one, other) => Number(other.answer === 'audit-c') - Number(one.answer === 'audit-c'),
  )
  const isNone = ({ words }: { words: string }) => /^(None|Ningun|Nada|Never( · Never)*$|Nunca( · Nunca)*$)/.test(words)
  const parts = lines.filter((line) => !isNone(line)).map(useWords)
  const none = lines.filter(isNone).map(({ answer, title }) => noneWords[answer] ?? title.toLowerCase())
  if (none.length > 0) parts.push(`no: ${none.join(', ')}`)
  return parts.join('; ')
}

function useWords({ answer, title, words }: Brief['use'][number]): string {
  const [often, drinks, six] = words.split(' · ')
  if (answer !== 'audit-c' || !six) return `${title.toLowerCase()}: ${words}`
  return `drinks ${often?.toLowerCase()}, ${drinks} at a time, six or more: ${six.toLowerCase()}`
}

/** What the three questions of withdrawal asked about, when the answer is none of it. */
const noneWords: Readonly<Record<string, string>> = {
  'most-days': 'daily use',
  'stopped-before': 'trouble stopping',
  'symptoms-now': 'withdrawal now',
  'taps-1': 'other drugs',
}

function coverage({ coverage }: Brief): string {
  const state = coverageWords[coverage.state] ?? coverage.state
  const check = coverage.mayBeChecked ? null : 'do not ask the insurer'
  const words = coverage.state === 'consented' ? 'we may ask about benefits' : state
  return [coverage.payer, words, coverage.condition, check].filter((word) => word).join('; ')
}

function consents({ consents }: Brief): string {
  if (consents.length === 0) return 'nothing yet'
  return consents.map((one) => `${consentWords[one.kind] ?? one.kind}: ${one.given ? 'yes' : 'no'}`).join(' · ')
}

function closing(lead: LeadView): TemplateResult | typeof nothing {
  if (lead.note === null) return nothing
  return html`<p class="note"><b>Note when it was closed:</b> ${lead.note}</p>`
}

function answers({ answers }: LeadView): TemplateResult | typeof nothing {
  if (answers.length === 0) return nothing
  return html`<details><summary>${answers.length === 1 ? 'The one answer' : `All ${answers.length} answers`}</summary>
    <dl class="answers">${answers.map(({ question, words }) => html`<div><dt>${question}</dt><dd>${words}</dd></div>`)}</dl>
  </details>`
}

function scores({ scores }: LeadView, disclaimer: string): TemplateResult | typeof nothing {
  if (scores.length === 0) return nothing
  return html`<details><summary>Screening, with its answers</summary>
    <p class="quiet">${disclaimer}</p>
    ${scores.map(
      ({ title, total, meaning, items, words }) => html`<h3>${title}</h3>
        <p>${total === null ? 'No total' : `Total ${total}`}${meaning === null ? '' : `: ${meaning}`}</p>
        <dl class="answers">${items.map((item, index) =>
          item.answer === null ? nothing : html`<div><dt>${words[index]}</dt><dd>${plainLabel(item.answer)}</dd></div>`,
        )}</dl>`,
    )}
  </details>`
}

function entry(term: string, value: unknown): TemplateResult | typeof nothing {
  return value === null || value === '' ? nothing : html`<div><dt>${term}</dt><dd>${value}</dd></div>`
}

function list(items: readonly string[]): TemplateResult {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}
