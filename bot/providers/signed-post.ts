/**
 * Posts one signed message to a webhook: never inside the network, never where a redirect leads.
 *
 * The connection goes to the very address that was judged, so a name that changes its answer between the
 * look and the call gains nothing.
 */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { AdmissionsError } from '../errors.ts'
import type { Permit } from '../outbox/exits.ts'
import { outsideLookup, type Resolve } from '../subscribers/inside-guard.ts'
import { signedHeaders } from '../subscribers/sign.ts'

const TIMEOUT_MS = 15_000

export interface WebhookTarget {
  readonly url: string
  /** The newest first; more than one while a secret is being changed. */
  readonly secrets: readonly string[]
  /** Hosts inside the network that may be called all the same. */
  readonly allowInside: readonly string[]
  readonly resolve?: Resolve
}

export interface PostAnswer {
  readonly status: number
  readonly retryAfter: string | null
}

/** @throws AdmissionsError `ADDRESS_INTERNAL`, or `ServiceError` when nobody answers. */
export async function postSigned(
  target: WebhookTarget,
  message: { id: string; body: string; now: Date },
  _permit: Permit,
): Promise<PostAnswer> {
  const url = new URL(target.url)
  const look = { allowed: target.allowInside, ...(target.resolve && { resolve: target.resolve }) }
  const lookup = await outsideLookup(url, look).catch((error: unknown) => {
    if (error instanceof AdmissionsError) throw error
    throw new AdmissionsError('ServiceError', 'The webhook has no address.', { cause: error })
  })
  const timestamp = String(Math.floor(message.now.getTime() / 1000))
  const headers = signedHeaders({ id: message.id, timestamp, body: message.body }, target.secrets)
  return post(url, { headers, body: message.body, lookup })
}

function post(
  url: URL,
  { headers, body, lookup }: { headers: Record<string, string>; body: string; lookup: LookupFunction },
): Promise<PostAnswer> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new AdmissionsError('ServiceError', 'The webhook could not be reached.', { cause }))
    const sent = request(url, { method: 'POST', headers, lookup, signal }, (response) => {
      response.resume()
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }),
      )
      response.once('error', fail)
    })
    sent.once('error', fail)
    sent.end(body)
  })
}
