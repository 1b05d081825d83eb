/**
 * The effects a script may ask for: looking a payer up, finding the route, opening a lead.
 *
 * Each is done once for the answers it rests on, however often the script is walked again.
 */
import { askCalendar } from './ask-calendar.ts'
import { coverageEvent, coverageWords } from './coverage.ts'
import { type Draft, note, noted, tell } from './draft.ts'
import type { Deed } from './flow.ts'
import { alert, findRoute, openLead } from './lead.ts'
import { bubble } from './message.ts'
import { fold } from './understand/fold.ts'

export function perform(draft: Draft, deed: Deed): 'on' | 'stop' {
  switch (deed.type) {
    case 'look-up-payer':
      return lookUpPayer(draft, deed.answer)
    case 'say-coverage':
      tellOnce(draft, 'coverage', coverageWords(draft))
      return 'on'
    case 'coverage-captured':
      coverageEvent(draft, { type: 'captured' })
      return 'on'
    case 'calendar':
      return askCalendar(draft, deed.wish)
    case 'find-route':
      findRoute(draft)
      return 'on'
    case 'issue-return-code':
      draft.effects.push({ type: 'issue-return-code' })
      return 'stop'
    case 'look-up-saved':
      return askForSaved(draft)
    case 'open-lead':
      openLead(draft)
      return 'on'
    case 'alert':
      alert(draft, deed.label)
      return 'on'
    case 'danger':
      draft.danger = deed.label
      return 'stop'
  }
}

function lookUpPayer(draft: Draft, answer: string): 'on' | 'stop' {
  const said = draft.state.answers[answer]?.value
  if (typeof said !== 'string' || noted(draft.state, `looked-up-${answer}`) === said) return 'on'
  note(draft, `looked-up-${answer}`, said)
  const without = said === 'no-insurance' ? 'none' : said === 'self-pay' ? 'self-pay' : null
  if (without !== null) {
    const found = { kind: without, payer: null, condition: null, listedAs: null, asOf: null, second: null } as const
    coverageEvent(draft, { type: 'found', found })
    note(draft, 'payer-kind', without)
    return 'on'
  }
  coverageEvent(draft, { type: 'named', payer: said })
  draft.effects.push({ type: 'look-up-payer', said })
  return 'stop'
}

function tellOnce(draft: Draft, about: string, words: string): void {
  if (noted(draft.state, `told-${about}`) === words) return
  note(draft, `told-${about}`, words)
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', flow: 'insurance', step: about }))
}

const TRIES_AT_MOST = 3

/** After three tries in one conversation nothing is looked up any more; the answer is the same. */
function askForSaved(draft: Draft): 'stop' {
  const tries = Number(noted(draft.state, 'return-tries') ?? '0') + 1
  note(draft, 'return-tries', String(tries))
  const code = tries > TRIES_AT_MOST ? '' : (noted(draft.state, 'return-code') ?? '')
  const word = String(draft.state.answers['return-said']?.value ?? '')
  draft.effects.push({ type: 'look-up-saved', code, word: fold(word) })
  return 'stop'
}
