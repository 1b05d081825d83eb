/**
 * Where an answer comes from: one folded line per source, the page's own words inside; and a way to
 * say that it missed the question.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { FactRef } from '../../flows/activity.ts'
import { foldSources, type SourceFold } from './source-folds.ts'

const words = {
  en: {
    page: 'From the program’s page',
    team: 'From the program’s team',
    checked: 'checked',
    awaits: 'not yet reviewed',
    read: 'Read the page',
    missed: 'That’s not what I asked',
  },
  es: {
    page: 'De la página del programa',
    team: 'Del equipo del programa',
    checked: 'datos del',
    awaits: 'aún sin revisar',
    read: 'Leer la página',
    missed: 'No es lo que pregunté',
  },
} as const

/** Draws what an answer rests on. @param say - sends words as the visitor's own. */
export function drawSources(
  facts: readonly FactRef[],
  lang: 'en' | 'es',
  say: (text: string) => void,
): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing
  const { missed } = words[lang]
  return html`${foldSources(facts).map((fold) => drawFold(fold, lang))}<button type="button" class="missed" @click=${() => say(missed)}>${missed}</button>`
}

/** The day stands in the visitor's own form. */
function drawFold(fold: SourceFold, lang: 'en' | 'es'): TemplateResult {
  const own = words[lang]
  const day = new Date(`${fold.checkedOn}T12:00`).toLocaleDateString(lang, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  return html`<details class="source">
    <summary>${own[fold.from]} · ${own.checked} ${day}${fold.awaitsReview ? ` · ${own.awaits}` : ''}</summary>
    ${fold.quotes.map((quote) => html`<blockquote>${quote}</blockquote>`)}
    ${fold.url ? html`<a href=${fold.url} target="_blank" rel="noreferrer">${own.read}</a>` : nothing}
  </details>`
}
