/**
 * The form of a statement: one sentence in each language, where the team has it from, and questions that
 * must lead to it.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Statement } from './learning-api.ts'
import { after } from './learning-shown.ts'
import type { LearningState } from './learning-state.ts'

const MONTHS_USUAL = 6
const MONTHS_AT_MOST = 24

export function statementForm(draft: Statement, learning: LearningState): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    after(learning.state(read(event.currentTarget as HTMLFormElement, draft)))
  }
  const until = draft.reviewBy !== null && draft.reviewBy > monthsAhead(0) ? draft.reviewBy : monthsAhead(MONTHS_USUAL)
  const { faults, isBusy } = learning
  return html`<form class="statement" @submit=${submit} autocomplete="off">
    <label>The answer in English, one sentence<textarea name="en" rows="2" minlength="8" maxlength="300" required .value=${draft.en}></textarea></label>
    <label lang="en"><span>The answer in Spanish, with <i lang="es">usted</i></span><textarea name="es" rows="2" minlength="8" maxlength="300" lang="es" required .value=${draft.es}></textarea></label>
    <label>Where you have it from <span class="quiet">For the team; visitors read “From the program’s team” and the day</span><input name="source" minlength="3" maxlength="300" placeholder="price list of November, page 2" required .value=${draft.source} /></label>
    <div class="pair">
      <label>Who answers for it<input name="owner" minlength="2" maxlength="60" required .value=${draft.owner} /></label>
      <label>Look at it again by<input name="reviewBy" type="date" min=${monthsAhead(0)} max=${monthsAhead(MONTHS_AT_MOST)} required .value=${until} /></label>
    </div>
    <label>Questions that must lead to it, one a line <span class="quiet">They stay as its tests: nothing in them may point to a person</span><textarea name="tries-en" rows="3" maxlength="1600" required .value=${draft.tries.en.join('\n')}></textarea></label>
    <label>The same in Spanish<textarea name="tries-es" rows="2" maxlength="1600" lang="es" .value=${draft.tries.es.join('\n')}></textarea></label>
    ${draft.topic === null ? nothing : breadth(draft.topic)}
    <label class="choice"><input type="checkbox" required />Nothing here points to a person, and the program stands by it.</label>
    ${faults.length === 0 ? nothing : html`<div class="faults warn" role="alert" tabindex="-1"><p>To be mended first:</p><ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul></div>`}
    <p class="buttons">
      <button class="main" ?disabled=${isBusy}>Hand to a colleague</button>
      <button type="button" @click=${() => learning.openForm(null)}>Not now</button>
    </p>
  </form>`
}

/** A topic is what the questions are likely about; whether the answer fits all of it, a person knows. */
function breadth(topic: string): TemplateResult {
  return html`<fieldset>
    <legend>It answers</legend>
    <label class="choice"><input type="radio" name="breadth" value="topic" checked />every question about ${topic.replaceAll('-', ' ')}</label>
    <label class="choice"><input type="radio" name="breadth" value="alike" />only questions like these</label>
  </fieldset>`
}

function read(form: HTMLFormElement, draft: Statement): Statement {
  const given = new FormData(form)
  const text = (name: string): string => String(given.get(name) ?? '').trim()
  const lines = (name: string): string[] => [
    ...new Set(
      text(name)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ]
  return {
    ...draft,
    topic: given.get('breadth') === 'alike' ? null : draft.topic,
    en: text('en'),
    es: text('es'),
    source: text('source'),
    owner: text('owner'),
    reviewBy: text('reviewBy'),
    tries: { en: lines('tries-en'), es: lines('tries-es') },
  }
}

/** YYYY-MM-DD */
function monthsAhead(months: number): string {
  const date = new Date()
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}
