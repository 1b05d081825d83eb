/**
 * One request to an address that an operator set: never inside the network, never where a redirect leads, never
 * longer or larger than asked.
 *
 * It takes the permit of what it carries; `nobody` where it says nothing about a person.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { AdmissionsError } from '../errors.ts'
import type { Permit } from '../outbox/exits.ts'
import { outsideLookup, type Resolve } from '../subscribers/inside-guard.ts'

export interface OutsideRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** Hosts inside the network that may be asked all the same. */
  readonly allowInside: readonly string[]
  readonly resolve?: Resolve
  readonly timeoutMs?: number
}

export interface OutsideAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

const TIMEOUT_MS = 10_000
const BYTES_AT_MOST = 2_000_000

/** @throws AdmissionsError `ADDRESS_INTERNAL`, or `ServiceError` when nobody answers in time or too much comes. */
export async function askOutside(asked: OutsideRequest, _permit: Permit | 'nobody'): Promise<OutsideAnswer> {
  const url = new URL(asked.url)
  const look = { allowed: asked.allowInside, ...(asked.resolve && { resolve: asked.resolve }) }
  const lookup = await outsideLookup(url, look).catch((error: unknown) => {
    throw error instanceof AdmissionsError ? error : failed(error)
  })
  const { method, body } = asked
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const headers = { ...asked.headers, ...length }
  const signal = AbortSignal.timeout(asked.timeoutMs ?? TIMEOUT_MS)
  return new Promise((resolve, reject) => {
    const call = url.protocol === 'https:' ? httpsRequest : httpRequest
    const sent = call(url, { method, headers, lookup, signal }, (response) => {
      readAll(response).then((text) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      }, reject)
    })
    sent.once('error', (cause) => reject(failed(cause)))
    sent.end(body ?? undefined)
  })
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response) {
      size += chunk.length
      if (size > BYTES_AT_MOST) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw failed(cause)
  }
  if (size > BYTES_AT_MOST) throw failed(new Error('too large'))
  return Buffer.concat(chunks).toString('utf8')
}

function failed(cause: unknown): AdmissionsError {
  return new AdmissionsError('ServiceError', 'An address outside did not answer as it should.', { cause })
}
