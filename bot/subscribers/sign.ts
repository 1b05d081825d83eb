/**
 * Signatures by Standard Webhooks: HMAC-SHA256 over id, time and body, one for each secret in force.
 *
 * To change a secret, put the new one in front of the old one: receivers accept either until the old one
 * is taken away. Whoever receives checks the time against replays.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds by which a receiver's clock and ours may differ, and how old a message may be. */
export const TOLERANCE_S = 300

export interface Signed {
  readonly id: string
  /** Unix seconds. */
  readonly timestamp: string
  readonly body: string
}

/** @param secrets - `whsec_` and base64, the newest first. */
export function signedHeaders(message: Signed, secrets: readonly string[]): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': message.timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${signature(message, secret)}`).join(' '),
  }
}

/** Whether one of the secrets has signed it, and lately. */
export function isSigned(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  by: { secrets: readonly string[]; now: Date },
): boolean {
  const [id, timestamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name])
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string') return false
  const age = Math.abs(by.now.getTime() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age > TOLERANCE_S) return false
  const expected = by.secrets.map((secret) => Buffer.from(`v1,${signature({ id, timestamp, body }, secret)}`))
  return given.split(' ').some((one) => expected.some((each) => isSame(Buffer.from(one), each)))
}

function signature({ id, timestamp, body }: Signed, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
