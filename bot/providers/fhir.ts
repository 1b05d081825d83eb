/**
 * Speaks to a record system by FHIR's RESTful protocol: one transaction, taken as a whole or not at all.
 *
 * What the answers mean is FHIR R4's own text (`http.html`): 409 is a conflict of that moment, 412 says
 * that more than one record fits our identifier and so needs a person, 422 and the other refusals say
 * that this Bundle will never be taken.
 */

import type { Bundle } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Permit } from '../outbox/exits.ts'
import { retryAfter } from '../outbox/retry.ts'
import { bounded } from './bounded.ts'

const TIMEOUT_MS = 30_000
/** Refusals of a moment, or of settings that a person mends: the same Bundle may be taken later. */
const PASSING = [401, 403, 408, 409, 425, 429]

export interface RecordSystem {
  /** The base address, e.g. `https://ehr.example/fhir`. */
  readonly url: string
  readonly token: string | null
  readonly timeoutMs?: number
}

export type Written =
  | { readonly type: 'done' }
  | { readonly type: 'later'; readonly at: string | null }
  | { readonly type: 'refused'; readonly code: string }

const Answer = z.object({ entry: z.array(z.object({ response: z.object({ status: z.string() }) })) })

/** @param sending.permit - for this lead, at this moment. */
export async function writeRecord(
  system: RecordSystem,
  sending: { bundle: Bundle; permit: Permit<'write-record'>; now: Date },
): Promise<Written> {
  const response = await fetch(system.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/fhir+json',
      accept: 'application/fhir+json',
      ...(system.token !== null && { authorization: `Bearer ${system.token}` }),
    },
    body: JSON.stringify(sending.bundle),
    redirect: 'error',
    signal: AbortSignal.timeout(system.timeoutMs ?? TIMEOUT_MS),
  }).catch(() => null)
  if (!response) return { type: 'later', at: null }
  if (response.ok)
    return outcomeOf(
      await bounded(response)
        .json()
        .catch(() => null),
    )
  await response.body?.cancel()
  if (response.status >= 500 || PASSING.includes(response.status))
    return { type: 'later', at: retryAfter(response.headers.get('retry-after'), sending.now) }
  return { type: 'refused', code: `HTTP_${response.status}` }
}

/** Every entry must have been taken: some systems answer 200 to a Bundle of which they took a part. */
function outcomeOf(body: unknown): Written {
  const answer = Answer.safeParse(body)
  if (!answer.success) return { type: 'refused', code: 'NO_TRANSACTION_RESPONSE' }
  const failed = answer.data.entry.find(({ response }) => !response.status.startsWith('2'))
  return failed ? { type: 'refused', code: `ENTRY_${failed.response.status.slice(0, 3)}` } : { type: 'done' }
}
