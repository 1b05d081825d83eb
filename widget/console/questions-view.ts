/**
 * Unanswered questions by topic, and a form that drafts the fact that would answer them.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Question } from './desk-api.ts'
import { factText } from './fact-draft.ts'
import { agoWords } from './time-words.ts'

export function questionsView(questions: readonly Question[] | null, now: number): TemplateResult {
  const empty = html`<p class="empty">Every question had an answer. What the assistant could not answer appears here.</p>`
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Unanswered questions</h2>
    <p class="quiet">In the visitors’ words. An answer becomes a fact in the program’s folder, once somebody has checked it.</p>
    ${questions?.length === 0 ? empty : nothing}
    ${byTopic(questions ?? []).map((group) => topicView(group, now))}
  </section>`
}

function topicView([topic, asked]: [string, readonly Question[]], now: number): TemplateResult {
  const title = `${topic.replaceAll('-', ' ')} · ${asked.length === 1 ? 'once' : `${asked.length} times`}`
  const programs = [...new Set(asked.map(({ program }) => program))]
  return html`${topic === '' ? nothing : html`<h3>${title}</h3>`}
    <ul class="questions">${asked.map((one) => html`<li><q>${one.question}</q><span class="quiet">${one.program} · ${agoWords(one.at, now)}${one.why === 'unhelpful' ? ' · the answer missed it' : nothing}</span></li>`)}</ul>
    ${draft(topic, programs)}`
}

function draft(topic: string, programs: readonly string[]): TemplateResult {
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const given = (name: string): string => String(new FormData(form).get(name) ?? '')
    const text = factText({
      topic: given('topic'),
      quote: given('quote'),
      line: given('line'),
      en: given('en'),
      es: given('es'),
    })
    const shown = form.elements.namedItem('fact') as HTMLTextAreaElement
    shown.value = text
    shown.select()
    await navigator.clipboard?.writeText(text).catch(() => undefined)
  }
  const where = programs.map((program) => html` <code>knowledge/programs/${program}/facts/</code>`)
  return html`<details class="fold draft">
    <summary>Write the fact</summary>
    <form class="worksheet" @submit=${submit} autocomplete="off">
      <p class="quiet">Only what the program’s page says. Use your own words, not the visitor’s.</p>
      <label>Topic<input name="topic" value=${topic} maxlength="60" required /></label>
      <label>The page’s own sentence<textarea name="quote" rows="2" maxlength="600" required></textarea></label>
      <label>Its line in the page<input name="line" inputmode="numeric" pattern="[0-9]+" maxlength="6" required /></label>
      <label>The answer, English<textarea name="en" rows="2" maxlength="600" required></textarea></label>
      <label>The answer, Spanish<textarea name="es" rows="2" maxlength="600" required></textarea></label>
      <p class="buttons"><button>Make the text and copy it</button></p>
      <label>For a file in${where}, which <code>porchlight check</code> reads and somebody reviews<textarea name="fact" rows="6" readonly></textarea></label>
    </form>
  </details>`
}

/** What is asked most often stands first, what has no topic last; within a topic the newest first. */
function byTopic(questions: readonly Question[]): [string, readonly Question[]][] {
  const groups = new Map<string, Question[]>()
  for (const one of questions) groups.set(one.topic ?? '', [...(groups.get(one.topic ?? '') ?? []), one])
  return [...groups].sort(([a, one], [b, two]) => (a === '' ? 1 : b === '' ? -1 : two.length - one.length))
}
