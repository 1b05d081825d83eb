/**
 * Writes one customer file: HubSpot's or Salesforce's API, with the operator's own token.
 */

import type { CrmFile } from '../crm/fields.ts'
import { type CrmShape, crmCall } from '../crm/shapes.ts'
import type { Permit } from '../outbox/exits.ts'
import { retryAfter } from '../outbox/retry.ts'
import type { Written } from './fhir.ts'

const TIMEOUT_MS = 15_000
const PASSING = [401, 403, 408, 409, 425, 429]

export interface CustomerFileSystem {
  readonly shape: CrmShape
  readonly url: string
  readonly token: string
}

export async function writeCustomerFile(
  system: CustomerFileSystem,
  sending: { file: CrmFile; permit: Permit<'write-customer-file'>; now: Date },
): Promise<Written> {
  const { method, path, body } = crmCall(system.shape, sending.file)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${system.token}` }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const init = { method, headers, body: JSON.stringify(body), redirect: 'error' as const, signal }
  const response = await fetch(`${system.url.replace(/\/$/, '')}${path}`, init).catch(() => null)
  if (!response) return { type: 'later', at: null }
  await response.body?.cancel()
  if (response.ok) return { type: 'done' }
  if (response.status >= 500 || PASSING.includes(response.status))
    return { type: 'later', at: retryAfter(response.headers.get('retry-after'), sending.now) }
  return { type: 'refused', code: `HTTP_${response.status}` }
}
