/**
 * A lead as a FHIR R4 Bundle: valid, labelled, stable, and never without permission.
 */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, TestDesk } from '../bot/desk-in-test.ts'
import { visit } from '../bot/service-in-test.ts'
import { agreeToAll } from './agreeable.ts'
import { faultsOf } from './fhir-validators.ts'

let desk: TestDesk
let ana: Person
beforeAll(async () => {
  desk = await TestDesk.open()
  ana = await desk.as('ana')
})
afterAll(() => desk.close())

async function leadOf(own: Record<string, string> = {}, locale = 'en-US') {
  const visitor = await visit(desk.service.address, 'inspira', locale)
  await visitor.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(visitor, own)
  const lead = await desk.service.house.store.leadOf(visitor.conversation)
  if (!lead) throw new Error('no lead was opened')
  return { visitor, lead }
}

async function bundleOf(lead: { id: string }): Promise<Bundle> {
  const answer = await ana(`leads/${lead.id}/fhir`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/application\/fhir\+json/),
  ])
  return answer.body as unknown as Bundle
}

const resourcesOf = (bundle: Bundle): Resource[] => (bundle.entry ?? []).map((entry) => entry.resource as Resource)
const kindsOf = (bundle: Bundle): string[] => [...new Set(resourcesOf(bundle).map((one) => one.resourceType))].sort()

const wholePlan = { 'insurance/whose-plan': 'spouse', 'use/audit1': 'monthly-or-less', 'hard-times/gate': 'no' }

test('the sixteen kinds of entry are there, valid for both validators, labelled, and referring to each other only', async () => {
  const { lead } = await leadOf(wholePlan)
  const bundle = await bundleOf(lead)
  expect(kindsOf(bundle)).toEqual([
    'Communication',
    'Consent',
    'Coverage',
    'CoverageEligibilityRequest',
    'Device',
    'DocumentReference',
    'Observation',
    'Organization',
    'Patient',
    'Provenance',
    'QuestionnaireResponse',
    'RelatedPerson',
    'ServiceRequest',
    'Task',
  ])
  expect(bundle.entry?.length).toBeGreaterThanOrEqual(16)
  expect([bundle, ...resourcesOf(bundle)].flatMap(faultsOf)).toEqual([])
  for (const one of resourcesOf(bundle).filter((each) => !['Organization', 'Device'].includes(each.resourceType)))
    expect(one.meta?.security?.map((label) => label.code)).toEqual(['R', 'ETH', '42CFRPart2'])
  const names = new Set(bundle.entry?.map((entry) => entry.fullUrl))
  const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1])
  expect(references.filter((one) => !names.has(one))).toEqual([])
  expect(names.size).toBe(bundle.entry?.length)
})

test('both validators speak up when there is something to say', () => {
  const broken = [
    { resourceType: 'Patient', birthDate: '12/04/1990' },
    { resourceType: 'Task', status: 'done', intent: 'proposal' },
  ] as unknown as Resource[]
  const faults = broken.flatMap(faultsOf)
  expect(faults.some((fault) => fault.startsWith('medplum:'))).toBe(true)
  expect(faults.some((fault) => fault.startsWith('fhir:'))).toBe(true)
})

test('the same lead twice has the same identifiers, and every entry updates or is created once', async () => {
  const { lead } = await leadOf()
  const [first, second] = [await bundleOf(lead), await bundleOf(lead)]
  expect(second.entry?.map((entry) => entry.fullUrl)).toEqual(first.entry?.map((entry) => entry.fullUrl))
  for (const entry of first.entry ?? []) {
    const request = entry.request
    expect(request?.method === 'PUT' ? request.url : request?.ifNoneExist).toMatch(
      /(identifier|_tag)=urn:ietf:rfc:3986\|urn:uuid:/,
    )
  }
})

test('without a permission there is no Bundle, nor after it was taken back', async () => {
  const { lead } = await desk.leadInDanger()
  expect((await ana(`leads/${lead.id}/fhir`)).body.error.code).toBe('CONSENT_REQUIRED')
  const refused = await leadOf({ 'consent/consent-contact': 'no' }).catch(() => null)
  if (refused) expect((await ana(`leads/${refused.lead.id}/fhir`)).status).toBe(403)
})

test('without a yes to asking the insurer, no number of the card and no request leave', async () => {
  const { lead } = await leadOf({ 'coverage-details/consent-payer': 'no' })
  const bundle = await bundleOf(lead)
  expect(kindsOf(bundle)).not.toContain('CoverageEligibilityRequest')
  expect(JSON.stringify(bundle)).not.toMatch(/W123456789|1990-05-17/)
  expect(resourcesOf(bundle).flatMap(faultsOf)).toEqual([])
})

test('who asks for a loved one is a related person, and nothing of her answers is taken for the patient', async () => {
  const { lead } = await leadOf({ 'for-whom/whom': 'loved-one' }, 'es-US')
  const bundle = await bundleOf(lead)
  const related = resourcesOf(bundle).find((one) => one.resourceType === 'RelatedPerson')
  expect(related).toMatchObject({ name: [{ text: 'Ana' }] })
  expect(kindsOf(bundle)).not.toContain('Observation')
  expect(kindsOf(bundle)).not.toContain('QuestionnaireResponse')
  expect([bundle, ...resourcesOf(bundle)].flatMap(faultsOf)).toEqual([])
})

test('a lead of another program has no Bundle, and a look at one is in the trail', async () => {
  const { lead } = await leadOf()
  const ben = await desk.as('ben')
  expect((await ben(`leads/${lead.id}/fhir`)).body.error.code).toBe('LEAD_NOT_FOUND')
  await bundleOf(lead)
  const trail = await desk.service.house.store.auditTrail(50, null)
  expect(trail.find((event) => event.event === 'lead.exported')).toMatchObject({ actor: 'ana', lead: lead.id })
})
