/**
 * A lead that may leave: opened, with a permission in force, or refused.
 *
 * The record system, the table and the customer file of a program are the program's own, so the
 * permission asked for is the one to be contacted ("they will see what you wrote here"). What goes to
 * anybody else needs its own permission and is asked for where it goes out.
 */
import { briefOf, scoresOf } from '../../flows/brief.ts'
import { activeConsent } from '../../flows/consents.ts'
import { AdmissionsError } from '../errors.ts'
import type { BundleSource } from '../fhir/source.ts'
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'

/** null without a permission in force, or when the conversation was erased. */
export async function leadLeaving(house: House, lead: LeadRecord): Promise<BundleSource | null> {
  const live = await house.conversations.load(lead.conversation)
  const program = house.world.programs.get(lead.program)?.profile
  const at = house.clock.now().toISOString()
  if (!live || !program || !activeConsent(live.state, 'contact', { at })) return null
  const world = { flows: house.world.flows, program }
  const { state } = live
  return { lead, state, brief: briefOf(world, state), scores: scoresOf(world, state), program, flows: world.flows, at }
}

/** @throws AdmissionsError `CONSENT_REQUIRED`. */
export async function leadThatMayLeave(house: House, lead: LeadRecord): Promise<BundleSource> {
  const source = await leadLeaving(house, lead)
  if (source) return source
  throw new AdmissionsError('CONSENT_REQUIRED', 'The person has not given a permission that is in force for this.')
}
