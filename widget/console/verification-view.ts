/**
 * Verifying benefits: the card's picture beside the fields, the questions for the phone, and what a payer said.
 *
 * Folded until wanted. A picture is fetched only when somebody opens it, and each look is in the trail.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { LeadView, Verification } from './desk-api.ts'
import { consentWords } from './lead-words.ts'
import { clockWords } from './time-words.ts'

export interface VerificationDeeds {
  save(worksheet: object): void
  askByMachine(): void
  confirm(): void
  revoke(kind: string): void
}

/** What stands on the card. */
const cardFields: readonly (readonly [string, string])[] = [
  ['payer', 'Payer on the card'],
  ['planType', 'Kind of plan'],
  ['memberId', 'Member ID'],
  ['groupNumber', 'Group number'],
  ['nameOnCard', 'Name on the card'],
  ['behavioralPayer', 'Behavioral payer'],
  ['behavioralPhone', 'Behavioral health phone'],
  ['rxBin', 'Rx BIN'],
  ['rxPcn', 'Rx PCN'],
]

/** What to ask, in the order in which a payer's agent answers it. */
const phoneFields: readonly (readonly [string, string])[] = [
  ['network', 'Are we in network for this plan?'],
  ['carveOutPayer', 'Who handles behavioral health?'],
  ['deductible', 'Deductible, and how much is met'],
  ['outOfPocket', 'Out-of-pocket maximum, and how much is met'],
  ['copay', 'Copay'],
  ['coinsurance', 'Coinsurance'],
  ['codeH0015', 'H0015 intensive outpatient, substance use'],
  ['codeS9480', 'S9480 intensive outpatient, psychiatric'],
  ['code0905', 'Revenue code 0905'],
  ['code0906', 'Revenue code 0906'],
  ['priorAuthorization', 'Prior authorization: needed, and how'],
  ['referenceNumber', 'Reference number of the call'],
  ['saidBy', 'Who said it'],
]

const outcomes: readonly (readonly [string, string])[] = [
  ['', 'Not finished'],
  ['active', 'The plan is active'],
  ['inactive', 'The plan is not active'],
  ['not-found', 'They do not find the person'],
  ['payer-down', 'They could not be reached'],
  ['unsupported', 'They do not tell by this way'],
]

export function verificationView(lead: LeadView, state: { isMine: boolean; now: number }, deeds: VerificationDeeds) {
  const { verification } = lead
  if (!verification || lead.isErased) return nothing
  return html`${lead.appointment ? html`<p><b>Talk booked:</b> ${clockWords(lead.appointment, state.now)} <a href="/desk/api/leads/${lead.id}/appointment.ics" download>calendar file</a></p>` : nothing}<details class="fold verify">
    <summary>Verify benefits</summary>
    ${verification.mayAskPayer ? nothing : html`<p class="warn">No permission to ask an insurer. Do not call one about this person.</p>`}
    ${photos(lead, verification, state.now)}
    ${verification.answers.map(
      (
        one,
      ) => html`<section class="answer"><p><b>Payer’s system, ${clockWords(one.checkedAt, state.now)}:</b> ${one.outcome}${one.planName ? `, ${one.planName}` : ''} <span class="quiet">(service type ${one.serviceType})</span></p>
      ${one.problems.map((line) => html`<p class="warn">${line}</p>`)}
      ${one.benefits.length > 0 ? html`<ul>${one.benefits.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}</section>`,
    )}
    ${state.isMine ? sheet(verification, deeds) : html`<p class="quiet">Claim the lead to fill in the worksheet.</p>`}
    ${state.isMine ? permissions(lead, deeds) : nothing}
  </details>`
}

function photos(lead: LeadView, { photos }: Verification, now: number): TemplateResult | typeof nothing {
  if (photos.length === 0) return nothing
  return html`${photos.map(
    ({ id, expiresAt }, index) => html`<details class="card-photo">
      <summary>Photo ${index + 1} of the card <span class="quiet">(each look is in the trail${expiresAt ? `; deleted ${clockWords(expiresAt, now)} at the latest` : ''})</span></summary>
      <img loading="lazy" alt="Photo ${index + 1} of the insurance card" src="/desk/api/leads/${lead.id}/photos/${id}">
    </details>`,
  )}`
}

function sheet({ worksheet, mayAskPayer, canAskByMachine }: Verification, deeds: VerificationDeeds): TemplateResult {
  const card = worksheet?.card ?? {}
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    deeds.save(worksheetOf(event.currentTarget as HTMLFormElement))
  }
  return html`<form class="worksheet" @submit=${submit} autocomplete="off">
    <fieldset><legend>From the card</legend>${cardFields.map(([name, label]) => line(`card.${name}`, label, card[name]))}</fieldset>
    <fieldset><legend>On the phone</legend>${phoneFields.map(([name, label]) => line(name, label, worksheet?.[name] as string | undefined))}
      <label>Notes<textarea name="note" rows="2">${worksheet?.note ?? ''}</textarea></label>
      <label>Outcome<select name="outcome" ?disabled=${!mayAskPayer}>${outcomes.map(([value, label]) => html`<option value=${value} ?selected=${(worksheet?.outcome ?? '') === value}>${label}</option>`)}</select></label>
    </fieldset>
    <div class="buttons"><button class="main">Save the worksheet</button>
      ${canAskByMachine ? html`<button type="button" ?disabled=${!mayAskPayer} @click=${deeds.askByMachine}>Ask the payer’s system</button>` : nothing}
      <button type="button" @click=${deeds.confirm}>I confirmed the plan; delete the photos</button></div>
    <p class="quiet">The visitor is told only that it was checked and that a person will explain.</p>
  </form>`
}

function line(name: string, label: string, value: string | undefined): TemplateResult {
  return html`<label>${label}<input name=${name} value=${value ?? ''} maxlength="200" spellcheck="false"></label>`
}

function worksheetOf(form: HTMLFormElement): object {
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const)
  const card = entries.filter(([name]) => name.startsWith('card.')).map(([name, value]) => [name.slice(5), value])
  const rest = Object.fromEntries(entries.filter(([name]) => !name.startsWith('card.')))
  return { ...rest, card: Object.fromEntries(card), outcome: rest.outcome || null }
}

/** What the visitor allowed, and ending it at her word. */
function permissions(lead: LeadView, deeds: VerificationDeeds): TemplateResult | typeof nothing {
  const given = (lead.brief?.consents ?? []).filter((one) => one.given)
  if (given.length === 0) return nothing
  return html`<section class="permissions"><h3>Permissions</h3>
    ${lead.isLedgerWhole === false ? html`<p class="warn">The ledger of permissions was changed outside the service. Tell an administrator.</p>` : nothing}
    ${given.map(
      ({ kind, recipient, expiresAt }) => html`<p>${consentWords[kind] ?? kind}${recipient ? `: ${recipient}` : ''}
      <span class="quiet">${expiresAt ? `until ${expiresAt.slice(0, 10)}` : ''}</span>
      <button type="button" @click=${() => deeds.revoke(kind)}>End it at their word</button></p>`,
    )}</section>`
}
