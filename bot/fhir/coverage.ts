/**
 * The insurance as it was named: a draft, never a statement that somebody is covered.
 *
 * Numbers of the card, and the request to ask the insurer, go out only under a consent in force for
 * exactly that.
 */
import type { Coverage, CoverageEligibilityRequest, Organization } from '@medplum/fhirtypes'
import { identifierOf, labelled } from './identity.ts'
import { mayBill, subscriberName } from './people.ts'
import { type BundleSource, given, nameOf, namesAPayer, refTo } from './source.ts'

const HL7 = 'http://terminology.hl7.org/CodeSystem'

export function payer(source: BundleSource): Organization | null {
  if (!namesAPayer(source)) return null
  const name = `${source.state.coverage.payer} (as named by the visitor, not verified)`
  return { resourceType: 'Organization', identifier: [identifierOf(nameOf(source, 'payer'))], active: true, name }
}

export function coverage(source: BundleSource): Coverage | null {
  if (!namesAPayer(source)) return null
  const memberId = mayBill(source) ? given(source, 'member-id') : null
  const group = mayBill(source) ? given(source, 'group-number') : null
  const subscriber = subscriberName(source)
  const relationship = relationshipOf(given(source, 'whose-plan'))
  const member = {
    type: { coding: [{ system: `${HL7}/v2-0203`, code: 'MB', display: 'Member Number' }] },
    value: memberId ?? '',
  }
  return {
    resourceType: 'Coverage',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'coverage')), ...(memberId === null ? [] : [member])],
    status: 'draft',
    ...(planType(source) ?? {}),
    ...(memberId !== null && { subscriberId: memberId }),
    ...(subscriber !== null && { subscriber: refTo(source, 'related') }),
    beneficiary: refTo(source, 'patient'),
    ...(relationship && { relationship }),
    payor: [refTo(source, 'payer')],
    ...(group !== null && {
      class: [
        { type: { coding: [{ system: `${HL7}/coverage-class`, code: 'group', display: 'Group' }] }, value: group },
      ],
    }),
  }
}

/** The plan's kind as it was named; HL7 has codes for three of them. */
function planType(source: BundleSource) {
  const words: Readonly<Record<string, string>> = {
    HMO: 'health maintenance organization policy',
    PPO: 'preferred provider organization policy',
    POS: 'point of service policy',
  }
  const code = given(source, 'plan-type')?.toUpperCase() ?? ''
  const display = words[code]
  return display === undefined ? null : { type: { coding: [{ system: `${HL7}/v3-ActCode`, code, display }] } }
}

/** null without a consent in force to ask this insurer. */
export function eligibilityRequest(source: BundleSource): CoverageEligibilityRequest | null {
  if (!namesAPayer(source) || !mayBill(source)) return null
  return {
    resourceType: 'CoverageEligibilityRequest',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'eligibility'))],
    status: 'draft',
    purpose: ['benefits', 'validation'],
    patient: refTo(source, 'patient'),
    created: source.lead.openedAt.slice(0, 10),
    provider: refTo(source, 'provider'),
    insurer: refTo(source, 'payer'),
    insurance: [{ focal: true, coverage: refTo(source, 'coverage') }],
    item: [
      {
        category: {
          coding: [{ system: 'https://x12.org/codes/service-type-codes', code: 'AI', display: 'Substance Abuse' }],
        },
      },
    ],
  }
}

/** The patient's relation to the person in whose name the plan is. */
function relationshipOf(whosePlan: string | null) {
  const codes: Readonly<Record<string, readonly [string, string]>> = {
    self: ['self', 'Self'],
    spouse: ['spouse', 'Spouse'],
    parent: ['child', 'Child'],
    other: ['other', 'Other'],
  }
  const [code, display] = codes[whosePlan ?? ''] ?? []
  if (code === undefined || display === undefined) return null
  return { coding: [{ system: `${HL7}/subscriber-relationship`, code, display }] }
}
