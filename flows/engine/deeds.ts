/**
 * The effects a script may ask for: looking a payer up, finding the route, opening a lead.
 *
 * Each is done once for the answers it rests on, however often the script is walked again.
 */
import type { DangerLabel } from '../safety/verdict.ts'
import { acuityOf } from '../vocabulary.ts'
import { coverageWords } from './coverage.ts'
import { enterDanger } from './crisis.ts'
import { change, type Draft, note, noted, tell } from './draft.ts'
import { routingFacts } from './facts.ts'
import type { Deed } from './flow.ts'
import { bubble } from './message.ts'
import { route } from './route.ts'

export function perform(draft: Draft, deed: Deed): 'on' | 'stop' {
  switch (deed.type) {
    case 'look-up-payer':
      return lookUpPayer(draft, deed.answer)
    case 'say-coverage':
      tellOnce(draft, 'coverage', coverageWords(draft))
      return 'on'
    case 'find-route':
      findRoute(draft)
      return 'on'
    case 'open-lead':
      openLead(draft)
      return 'on'
    case 'alert':
      alert(draft, deed.label)
      return 'on'
    case 'danger':
      enterDanger(draft, { label: deed.label, who: 'self' }, 'check-in')
      return 'stop'
  }
}

export function findRoute(draft: Draft): void {
  change(draft, { route: route(draft.world.flows.routing, routingFacts(draft.world, draft.state)) })
}

/** A lead once per route: a later, heavier route opens it again so that the queue moves it up. */
export function openLead(draft: Draft): void {
  findRoute(draft)
  const primary = draft.state.route!.primary
  if (noted(draft.state, 'lead') === primary) return
  note(draft, 'lead', primary)
  const label = draft.state.crisis?.label ?? null
  draft.effects.push({ type: 'open-lead', acuity: acuityOf[primary], route: primary, label })
}

/** For an answer that names a risk: staff are called at once, and the script goes on asking. */
function alert(draft: Draft, label: DangerLabel): void {
  if (noted(draft.state, 'alerted') === label) return
  note(draft, 'alerted', label)
  openLead(draft)
  draft.effects.push({ type: 'page-on-call', label })
}

function lookUpPayer(draft: Draft, answer: string): 'on' | 'stop' {
  const said = draft.state.answers[answer]?.value
  if (typeof said !== 'string' || noted(draft.state, 'looked-up') === said) return 'on'
  change(draft, { coverage: { state: 'named', payer: said, condition: null } })
  note(draft, 'looked-up', said)
  draft.effects.push({ type: 'look-up-payer', said })
  return 'stop'
}

function tellOnce(draft: Draft, about: string, words: string | null): void {
  if (words === null || noted(draft.state, `told-${about}`) === words) return
  note(draft, `told-${about}`, words)
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', flow: 'insurance', step: about }))
}
