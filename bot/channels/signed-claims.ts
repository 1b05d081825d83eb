/**
 * Claims under our own signature: a JSON Web Token of one form, HS256 with a fixed header, and nothing else.
 *
 * A library for every form of token goes through Web Crypto, which hands each signature to another thread:
 * under load that thread waits for the same core, and whoever opens a chat waits for it. Taking one form alone
 * also leaves nothing to be confused about: no other algorithm, no key named by the token itself.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
const TOKEN_MAX = 16_384

export function signClaims(key: KeyObject, claims: object): string {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${signatureOf(key, signed).toString('base64url')}`
}

/** What was signed, not yet looked at; null for what this key has not signed in this form. */
export function readSigned(key: KeyObject, token: string): unknown {
  const end = token.lastIndexOf('.')
  if (token.length > TOKEN_MAX || !token.startsWith(`${header}.`) || end <= header.length) return null
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  const expected = signatureOf(key, token.slice(0, end))
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null
  // Other letters may stand for the same bytes: a token has one form, so that it cannot be forged into another.
  if (expected.toString('base64url') !== token.slice(end + 1)) return null
  return JSON.parse(Buffer.from(token.slice(header.length + 1, end), 'base64url').toString('utf8'))
}

function signatureOf(key: KeyObject, signed: string): Buffer {
  return createHmac('sha256', key).update(signed).digest()
}
