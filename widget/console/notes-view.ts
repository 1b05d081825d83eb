/**
 * Private notes of the team: what was written, by whom, and a box for the next one.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { LeadView } from './desk-api.ts'
import { clockWords } from './time-words.ts'

export function notesView(
  lead: LeadView,
  { now, add }: { now: number; add(text: string): Promise<boolean> },
): TemplateResult | typeof nothing {
  if (lead.isErased || !lead.brief) return nothing
  const notes = lead.notes ?? []
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const box = (event.target as HTMLFormElement).elements.namedItem('note') as HTMLTextAreaElement
    if (box.value.trim() !== '' && (await add(box.value.trim()))) box.value = ''
  }
  return html`<details class="notes" ?open=${notes.length > 0}>
    <summary>${notes.length === 0 ? 'Notes of the team' : `Notes of the team (${notes.length})`}</summary>
    ${notes.map((one) => html`<p class="note"><b>${one.by}</b> <time class="quiet" datetime=${one.at}>${clockWords(one.at, now)}</time><br />${one.text}</p>`)}
    <form @submit=${submit}>
      <label>New note <span class="quiet">The visitor never sees it</span><textarea name="note" rows="2" maxlength="10000"></textarea></label>
      <p class="buttons"><button type="submit">Save the note</button></p>
    </form>
  </details>`
}
