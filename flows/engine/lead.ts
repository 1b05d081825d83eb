/**
 * The route of the moment, and the lead that brings a conversation to the desk.
 */
import type { DangerLabel } from '../safety/verdict.ts'
import { acuityOf } from '../vocabulary.ts'
import { change, type Draft, note, noted } from './draft.ts'
import { routingFacts } from './facts.ts'
import { route } from './route.ts'

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
export function alert(draft: Draft, label: DangerLabel): void {
  if (noted(draft.state, 'alerted') === label) return
  note(draft, 'alerted', label)
  openLead(draft)
  draft.effects.push({ type: 'page-on-call', label })
}
