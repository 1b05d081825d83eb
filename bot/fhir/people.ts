/**
 * The people and parties of a lead: provider, assistant, patient and whoever else was named.
 *
 * What is not known is left out; nobody gets a placeholder name.
 */
import type { ContactPoint, Device, Organization, Patient, RelatedPerson } from '@medplum/fhirtypes'
import { activeConsent } from '../../flows/consents.ts'
import { identifierOf, labelled } from './identity.ts'
import { type BundleSource, given, isForOther, nameOf, refTo } from './source.ts'

export function provider(source: BundleSource): Organization {
  const identifier = [identifierOf(nameOf(source, 'provider'))]
  return { resourceType: 'Organization', identifier, active: true, name: source.program.name.en }
}

export function assistant(source: BundleSource): Device {
  return {
    resourceType: 'Device',
    identifier: [identifierOf(nameOf(source, 'assistant'))],
    status: 'active',
    deviceName: [{ name: 'Admissions chat assistant', type: 'user-friendly-name' }],
    version: [{ value: `script:${source.state.scriptVersion}` }],
  }
}

export function patient(source: BundleSource): Patient {
  const own = !isForOther(source)
  const cardName = given(source, 'card-name')
  const name = own ? source.brief.name : null
  const birthDate = mayBill(source) ? given(source, 'birth-date') : null
  const names = [
    ...(name === null ? [] : [{ use: 'usual' as const, text: name }]),
    ...(cardName === null || !mayBill(source) ? [] : [{ use: 'official' as const, text: cardName }]),
  ]
  const language =
    source.state.locale === 'es-US' ? { code: 'es', display: 'Spanish' } : { code: 'en', display: 'English' }
  const telecom = own ? contactPoints(source) : []
  const address = own ? addressOf(source) : null
  return {
    resourceType: 'Patient',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'patient'))],
    active: true,
    ...(names.length > 0 && { name: names }),
    ...(telecom.length > 0 && { telecom }),
    ...(birthDate !== null && { birthDate }),
    ...(address && { address: [address] }),
    ...(own && {
      communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', ...language }] }, preferred: true }],
    }),
  }
}

/** The caller who asks for somebody else, or the person in whose name the plan is; null when there is none. */
export function related(source: BundleSource): RelatedPerson | null {
  const caller = isForOther(source)
  const name = caller ? source.brief.name : subscriberName(source)
  const telecom = caller ? contactPoints(source) : []
  if (name === null && telecom.length === 0) return null
  const relation = caller ? null : relationOf(given(source, 'whose-plan'))
  const birthDate = caller ? null : given(source, 'subscriber-birth-date')
  return {
    resourceType: 'RelatedPerson',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'related'))],
    active: true,
    patient: refTo(source, 'patient'),
    ...(relation && { relationship: [relation] }),
    ...(name !== null && { name: [{ text: name }] }),
    ...(telecom.length > 0 && { telecom }),
    ...(birthDate !== null && { birthDate }),
  }
}

/** Who wrote: the patient, or the caller when she said who she is. */
export function writer(source: BundleSource): 'patient' | 'related' {
  return isForOther(source) && related(source) !== null ? 'related' : 'patient'
}

export function subscriberName(source: BundleSource): string | null {
  return mayBill(source) ? given(source, 'subscriber-name') : null
}

/** What is on the card goes out only while asking the insurer is allowed. */
export function mayBill({ state, at }: BundleSource): boolean {
  return activeConsent(state, 'payer-disclosure', { at }) !== null
}

function contactPoints({ brief }: BundleSource): ContactPoint[] {
  if (!brief.contact.isSafe) return []
  const { phone, email } = brief.contact
  const ways: ContactPoint[] = []
  if (phone !== null) ways.push({ system: 'phone', value: phone })
  if (email !== null) ways.push({ system: 'email', value: email })
  return ways.map((way, index) => ({ ...way, rank: index + 1 }))
}

function addressOf(source: BundleSource) {
  const [state, city] = [given(source, 'state'), given(source, 'city')]
  if (state === null && city === null) return null
  return {
    ...(city !== null && { city }),
    ...(state !== null && { state }),
    ...(source.program.region === 'US' && { country: 'US' }),
  }
}

function relationOf(whosePlan: string | null) {
  const codes: Readonly<Record<string, readonly [string, string]>> = {
    spouse: ['SPS', 'spouse'],
    parent: ['PRN', 'parent'],
  }
  const [code, display] = codes[whosePlan ?? ''] ?? []
  return code === undefined || display === undefined
    ? null
    : { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code, display }] }
}
