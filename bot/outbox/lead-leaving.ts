/**
 * A lead that may leave: opened, with the permit for the way it goes, or refused.
 */
import { briefOf, scoresOf } from '../../flows/brief.ts'
import { AdmissionsError } from '../errors.ts'
import type { BundleSource } from '../fhir/source.ts'
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'
import { type Exit, type Permit, permit } from './exits.ts'

export interface LeavingLead<E extends Exit> {
  readonly source: BundleSource
  readonly permit: Permit<E>
}

/** null without a permission in force, or when the conversation was erased. */
export async function leadLeaving<E extends Exit>(
  house: House,
  lead: LeadRecord,
  exit: E,
): Promise<LeavingLead<E> | null> {
  const live = await house.conversations.load(lead.conversation)
  const program = house.world.programs.get(lead.program)?.profile
  const at = house.clock.now().toISOString()
  const allowed = live && permit(exit, { state: live.state, lead, at })
  if (!live || !program || !allowed) return null
  const world = { flows: await house.scripts.flowsOf(live.state), program }
  const { state } = live
  const told = { brief: briefOf(world, state), scores: scoresOf(world, state) }
  return { source: { lead, state, ...told, program, flows: world.flows, at }, permit: allowed }
}

/** @throws AdmissionsError `CONSENT_REQUIRED`. */
export async function leadThatMayLeave<E extends Exit>(
  house: House,
  lead: LeadRecord,
  exit: E,
): Promise<LeavingLead<E>> {
  const leaving = await leadLeaving(house, lead, exit)
  if (leaving) return leaving
  throw new AdmissionsError('CONSENT_REQUIRED', 'The person has not given a permission that is in force for this.')
}
