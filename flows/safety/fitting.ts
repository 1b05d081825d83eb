/**
 * Resources for some people beside those for everybody: a veteran, a mother, somebody who is trafficked.
 *
 * One of them stands second, never in the place of the primary resource, and only where it helps with the danger heard:
 * nobody whose body is in danger is sent to another line first.
 */
import { emergencyOf, hotline, type Resource, resource, resourcesFor } from './hotlines.ts'
import type { DangerLabel } from './verdict.ts'

/** The order counts: of several the first that helps is shown. */
export const fits = ['trafficked', 'elder', 'native', 'mother', 'veteran'] as const
export type Fit = (typeof fits)[number]

const ofTheMind: readonly DangerLabel[] = [
  'suicide_passive',
  'suicide_active',
  'suicide_imminent',
  'self_harm',
  'harm_to_others',
  'psychosis_danger',
]

/** Which resource it is, and with which kinds of danger it helps. */
export const fitting: Readonly<Record<Fit, { readonly id: string; readonly labels: readonly DangerLabel[] }>> = {
  trafficked: { id: 'us-trafficking', labels: ['violence_victim', 'child_abuse', ...ofTheMind] },
  elder: { id: 'us-eldercare', labels: ['violence_victim'] },
  native: { id: 'us-stronghearts', labels: ['violence_victim'] },
  mother: { id: 'us-maternal', labels: ofTheMind },
  veteran: { id: 'us-veterans', labels: ofTheMind },
}

/** The resources of a kind of danger with the one that fits what was said, second; the emergency number stays among the three. */
export function fittedResources(label: DangerLabel, region: 'US' | 'IN', said: ReadonlySet<Fit>): Resource[] {
  const everybody = resourcesFor(label, region)
  const fit = region === 'US' ? fits.find((one) => said.has(one) && fitting[one].labels.includes(label)) : undefined
  if (fit === undefined) return everybody
  const [primary, ...others] = everybody
  const { id: emergency } = emergencyOf(region)
  const last = others.find(({ id }) => id === emergency) ?? others[0]
  return [primary!, resource(hotline(fitting[fit].id)), ...(last ? [last] : [])]
}
