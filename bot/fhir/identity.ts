/**
 * Who is who in a record system: identifiers that stay the same on every send, and the labels that every resource carries.
 *
 * An identifier is a UUID made from the lead and the part (version 5), so a second send finds what the
 * first one wrote and updates it.
 */
import { createHash } from 'node:crypto'
import type { BundleEntry, Coding, Identifier, Meta, Resource } from '@medplum/fhirtypes'

/** This project's own namespace for names of parts; a random UUID that never changes. */
const NAMESPACE = Buffer.from('7c2d1b0e5a7c4f3f9d1e0a4b6c8f2e31', 'hex')

/** The registered system for identifiers that are URIs themselves. */
const URI_SYSTEM = 'urn:ietf:rfc:3986'

/** RFC 9562, version 5. @param name - e.g. `lead_…/patient`. */
function uuidOf(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What an entry is called inside one Bundle. Never the identifier: servers write the new address over it wherever it stands. */
export function entryUrl(name: string): string {
  return `urn:uuid:${uuidOf(`entry ${name}`)}`
}

function urnOf(name: string): string {
  return `urn:uuid:${uuidOf(name)}`
}

export function identifierOf(name: string): Identifier {
  return { system: URI_SYSTEM, value: urnOf(name) }
}

/** Restricted, about substance use, under 42 CFR part 2 (domain reference 5.1). */
const labels: Coding[] = [
  { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' },
  {
    system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
    code: 'ETH',
    display: 'substance abuse information sensitivity',
  },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: '42CFRPart2', display: '42 CFR Part2' },
]

export const labelled: Meta = { security: labels }

type Written = Resource & { identifier?: Identifier | Identifier[] | undefined }

/** Ours to write: created by the first send, updated by every later one. */
export function updated(name: string, resource: Written): BundleEntry {
  const url = `${resource.resourceType}?identifier=${URI_SYSTEM}|${urnOf(name)}`
  return { fullUrl: entryUrl(name), resource, request: { method: 'PUT', url } }
}

/** Shared with other leads, and perhaps kept by others: created when missing, else left as it is. */
export function createdOnce(name: string, resource: Written): BundleEntry {
  const ifNoneExist = `identifier=${URI_SYSTEM}|${urnOf(name)}`
  return { fullUrl: entryUrl(name), resource, request: { method: 'POST', url: resource.resourceType, ifNoneExist } }
}

/** As `updated`, for a resource without identifiers: found again by its tag. */
export function updatedByTag(name: string, resource: Resource): BundleEntry {
  const tag = { system: URI_SYSTEM, code: urnOf(name) }
  const tagged = { ...resource, meta: { ...resource.meta, tag: [tag] } } as Resource
  const url = `${resource.resourceType}?_tag=${tag.system}|${tag.code}`
  return { fullUrl: entryUrl(name), resource: tagged, request: { method: 'PUT', url } }
}
