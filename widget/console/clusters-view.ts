/**
 * Questions by what they are about: the most asked first, each with its two ways out of the list.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Cluster, Question, Stated, Statement } from './learning-api.ts'
import { after, type LearningShown, openForm } from './learning-shown.ts'
import { statementForm } from './statement-form.ts'
import { agoWords } from './time-words.ts'

/** Questions that stand there at once; the others unfold. */
const SHOWN_AT_ONCE = 4
const EXAMPLES_AT_MOST = 4

export function clustersView(shown: LearningShown): TemplateResult {
  const clusters = shown.learning.clusters ?? []
  if (clusters.length === 0)
    return html`<p class="empty">Every question had an answer. What the assistant could not answer appears here.</p>`
  return html`<p class="quiet">In the visitors’ words, what was asked most first. State the fact once, a colleague passes it, and the assistant knows it from then on.</p>
    <ul class="questions">${clusters.map((one) => keyed(keyOf(one), clusterView(one, shown)))}</ul>`
}

/** The oldest question names a group without a topic: it stays when newer ones join. */
function keyOf({ program, topic, questions }: Cluster): string {
  return `${program} ${topic ?? questions.at(-1)?.id}`
}

function clusterView(cluster: Cluster, { learning, now }: LearningShown): TemplateResult {
  const { topic, count, unhelpful, lastAt, program, questions } = cluster
  const key = keyOf(cluster)
  const title = topic?.replaceAll('-', ' ') ?? 'something else'
  const { form } = learning
  const isOpen = form?.type === 'state' && form.key === key
  const missed =
    unhelpful === 0 ? '' : ` · ${unhelpful === count ? 'the answer' : `${unhelpful} times the answer`} missed it`
  const rest = questions.slice(SHOWN_AT_ONCE)
  const waits = waiting(cluster, learning.stated ?? [])
  return html`<li>
    <h3>${title} <span class="count">· ${count === 1 ? 'once' : `${count} times`}</span></h3>
    <span class="quiet">${program} · last ${agoWords(lastAt, now)}${missed}</span>
    <ul class="asked">${questions.slice(0, SHOWN_AT_ONCE).map(asked)}</ul>
    ${rest.length === 0 ? nothing : html`<details class="fold"><summary>${rest.length} more</summary><ul class="asked">${rest.map(asked)}</ul></details>`}
    ${waits === null ? nothing : html`<p class="note">${waits.by} has stated it; it waits under “To review”.</p>`}
    ${
      isOpen
        ? statementForm(form.draft, learning)
        : html`<p class="buttons">
      <button type="button" aria-label="Write the fact: ${title}" @click=${() => write(cluster, learning)}>Write the fact</button>
      <button type="button" aria-label="Out of scope: ${title}" ?disabled=${learning.isBusy} @click=${() => after(learning.setAside(cluster))}>Out of scope</button>
    </p>`
    }
  </li>`
}

/** What somebody has stated of it already, so that nobody states it twice. */
function waiting({ program, topic, questions }: Cluster, stated: readonly Stated[]): Stated | null {
  const ids = new Set(questions.map(({ id }) => id))
  const isOfIt = (one: Stated): boolean =>
    one.program === program && ((topic !== null && one.topic === topic) || one.questions.some((id) => ids.has(id)))
  return stated.find((one) => (one.state === 'awaits-review' || one.state === 'returned') && isOfIt(one)) ?? null
}

function asked({ question, why }: Question): TemplateResult {
  return html`<li><q>${question}</q>${why === 'unhelpful' ? html` <span class="quiet">the answer missed it</span>` : nothing}</li>`
}

function write(cluster: Cluster, learning: LearningShown['learning']): void {
  openForm(learning, { type: 'state', key: keyOf(cluster), draft: draftFor(cluster) })
}

/** A statement with the cluster's own questions as its examples, where they hold nothing private. */
function draftFor({ program, topic, questions }: Cluster): Statement {
  const examples = (isSpanish: boolean): string[] => {
    const own = questions.filter(({ locale }) => locale.startsWith('es') === isSpanish)
    return [...new Set(own.flatMap(({ asExample }) => asExample ?? []))].slice(0, EXAMPLES_AT_MOST)
  }
  return {
    program,
    topic,
    en: '',
    es: '',
    source: '',
    owner: 'admissions',
    reviewBy: null,
    tries: { en: examples(false), es: examples(true) },
    questions: questions.map(({ id }) => id),
    mends: null,
  }
}
