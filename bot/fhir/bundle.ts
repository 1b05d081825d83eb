/**
 * A lead as a FHIR R4 transaction: one Bundle that a record system takes as a whole or not at all.
 *
 * The sixteen kinds of entry of domain reference 5.1; what is not known is left out, and each further
 * instrument or permission adds its own. Sent again, it updates what is there and doubles nothing.
 */
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import type { LeavingLead } from '../outbox/lead-leaving.ts'
import { coverage, eligibilityRequest, payer } from './coverage.ts'
import { createdOnce, identifierOf, labelled, updated, updatedByTag } from './identity.ts'
import { assistant, patient, provider, related } from './people.ts'
import { permissions } from './permissions.ts'
import { assessmentRequest, callBack, contactWish, origin, summary } from './request.ts'
import { response, safetyObservation, scoreObservation, screened } from './screening.ts'
import { type BundleSource, nameOf } from './source.ts'

export function leadBundle({ source }: LeavingLead<'write-record'>): Bundle {
  return {
    resourceType: 'Bundle',
    meta: labelled,
    identifier: identifierOf(source.lead.id),
    type: 'transaction',
    timestamp: source.at,
    entry: [
      createdOnce(nameOf(source, 'provider'), provider(source)),
      ...known(payer(source), (resource) => createdOnce(nameOf(source, 'payer'), resource)),
      createdOnce(nameOf(source, 'assistant'), assistant(source)),
      updated(nameOf(source, 'patient'), patient(source)),
      ...known(related(source), (resource) => updated(nameOf(source, 'related'), resource)),
      ...known(coverage(source), (resource) => updated(nameOf(source, 'coverage'), resource)),
      ...known(eligibilityRequest(source), (resource) => updated(nameOf(source, 'eligibility'), resource)),
      ...screenings(source),
      ...permissions(source).map(({ kind, resource }) => updated(nameOf(source, `consent-${kind}`), resource)),
      updated(nameOf(source, 'summary'), summary(source)),
      ...known(contactWish(source), (resource) => updated(nameOf(source, 'contact-wish'), resource)),
      updated(nameOf(source, 'request'), assessmentRequest(source)),
      updated(nameOf(source, 'call-back'), callBack(source)),
      updatedByTag(nameOf(source, 'origin'), origin(source)),
    ],
  }
}

function screenings(source: BundleSource): BundleEntry[] {
  const each = screened(source).flatMap((one) => [
    updated(nameOf(source, `response-${one.instrument.id}`), response(source, one)),
    ...known(scoreObservation(source, one), (resource) =>
      updated(nameOf(source, `score-${one.instrument.id}`), resource),
    ),
  ])
  return [...each, ...known(safetyObservation(source), (resource) => updated(nameOf(source, 'safety'), resource))]
}

function known<T extends Resource>(resource: T | null, entry: (resource: T) => BundleEntry): BundleEntry[] {
  return resource === null ? [] : [entry(resource)]
}
