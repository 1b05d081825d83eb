/**
 * A legal hold: placed with a reason, lifted again; for administrators, and both in the trail.
 */
import { html, type TemplateResult } from 'lit'
import type { LeadView } from './desk-api.ts'
import { clockWords } from './time-words.ts'

export interface HoldShown {
  readonly hold: NonNullable<LeadView['hold']> | null
  readonly now: number
  place(reason: string): void
  lift(): void
  leave(): void
}

/** The codes of `bot/keeping/legal-hold.ts`. */
const holdReasons: Readonly<Record<string, string>> = {
  litigation: 'A lawsuit, or one that is expected',
  'court-order': 'A court’s order',
  investigation: 'An authority’s investigation',
  audit: 'An audit',
}

export function holdView(shown: HoldShown): TemplateResult {
  return html`<dialog class="closing" aria-labelledby="hold-title" @close=${shown.leave}>
    ${shown.hold === null ? placing(shown) : standing(shown, shown.hold)}
  </dialog>`
}

function placing(shown: HoldShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    shown.place(String(new FormData(event.target as HTMLFormElement).get('reason')))
  }
  return html`<form @submit=${submit}>
    <h2 id="hold-title">Place a legal hold</h2>
    <p>While it stands, nothing of this conversation is erased: neither by its age, nor by the visitor, nor by a command. The trail keeps your name and the reason.</p>
    <fieldset>
      <legend>Why</legend>
      ${Object.entries(holdReasons).map(([value, word]) => html`<label class="choice"><input type="radio" name="reason" value=${value} required />${word}</label>`)}
    </fieldset>
    <p class="buttons">
      <button class="main" type="submit">Hold it</button>
      <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
    </p>
  </form>`
}

function standing(
  { now, lift, leave }: HoldShown,
  { reason, since, by }: NonNullable<LeadView['hold']>,
): TemplateResult {
  return html`<form method="dialog">
    <h2 id="hold-title">Legal hold</h2>
    <p>${holdReasons[reason] ?? reason}, placed by ${by}, ${clockWords(since, now)}.</p>
    <p>Once it is lifted, the conversation ends by its age again and can be erased.</p>
    <p class="buttons">
      <button class="main" type="button" @click=${lift}>Lift it</button>
      <button type="button" @click=${leave}>Leave it <kbd>Esc</kbd></button>
    </p>
  </form>`
}
