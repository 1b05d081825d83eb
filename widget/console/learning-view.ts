/**
 * Unanswered questions and what staff state of them: four lists, and what was just done.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { clustersView } from './clusters-view.ts'
import { after, type LearningShown } from './learning-shown.ts'
import type { LearningState, LearningTab } from './learning-state.ts'
import { endedView, reviewView, saidView } from './stated-view.ts'

export function learningView(shown: LearningShown): TemplateResult {
  const { learning } = shown
  const isRead = learning.clusters !== null && learning.stated !== null
  return html`<section class="page learning" aria-labelledby="page-title" aria-busy=${!isRead || learning.isBusy}>
    <h2 id="page-title">Unanswered questions</h2>
    <div class="tabs" role="group" aria-label="Show">${tabs(shown).map(
      ([tab, word]) =>
        html`<button type="button" aria-pressed=${learning.tab === tab} @click=${() => learning.turnTo(tab)}>${word}</button>`,
    )}</div>
    ${doneView(learning)}
    ${isRead ? listView(shown) : html`<p class="quiet">Reading …</p>`}
  </section>`
}

function tabs({ learning }: LearningShown): (readonly [LearningTab, string])[] {
  const { clusters, stated, waiting } = learning
  const count = (...states: readonly string[]): number =>
    (stated ?? []).filter(({ state }) => states.includes(state)).length
  const numbered = (word: string, number: number): string => (number === 0 ? word : `${word} · ${number}`)
  const due = waiting.due === 0 ? '' : `, ${waiting.due} due`
  return [
    [
      'questions',
      numbered(
        'Questions',
        (clusters ?? []).reduce((sum, one) => sum + one.count, 0),
      ),
    ],
    ['review', numbered('To review', count('awaits-review', 'returned'))],
    ['said', `${numbered('Said', count('said'))}${due}`],
    ['ended', numbered('Set aside', count('withdrawn', 'out-of-scope'))],
  ]
}

/** Takes the focus after a deed, because what was clicked is gone. */
function doneView(learning: LearningState): TemplateResult {
  const { done, form, faults } = learning
  const undo = done?.undo
  return html`<p class="done" role="status" tabindex="-1">${done?.words}${undo ? html` <button type="button" @click=${() => after(learning.bringBack(undo))}>Undo</button>` : nothing}</p>
    ${form === null && faults.length > 0 ? html`<p class="warn" role="alert">${faults.join(' ')}</p>` : nothing}`
}

function listView(shown: LearningShown): TemplateResult {
  switch (shown.learning.tab) {
    case 'questions':
      return clustersView(shown)
    case 'review':
      return reviewView(shown)
    case 'said':
      return saidView(shown)
    case 'ended':
      return endedView(shown)
  }
}
