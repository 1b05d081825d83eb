/**
 * The vault: everything a visitor wrote is sealed under a key of its own conversation.
 *
 * AES-256-GCM; the conversation's key is wrapped once by the deployment's key and stored beside the
 * conversation, so that erasing that one small value makes every copy of the words unreadable,
 * backups and write-ahead logs included. The place of a record (its `about`) is authenticated with
 * it: bytes moved to another conversation or turn do not open.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { AdmissionsError } from '../errors.ts'
import type { KeyRing } from './key-ring.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** What a deployment key of before is still needed for (`former-keys`). */
export interface FormerKey {
  readonly purpose: string
  readonly key: KeyObject
  /** Milliseconds since 1970. */
  readonly until: number
}

export interface Vault {
  /** A fresh conversation key and its wrapped form for the store. */
  newKey(conversationId: string): { key: KeyObject; wrapped: Buffer }
  /** @throws AdmissionsError `KEY_UNREADABLE` when the deployment key is not the one that wrapped it. */
  unwrap(conversationId: string, wrapped: Uint8Array): KeyObject
  /** The same key, wrapped anew under the current deployment key; null when it is so already. */
  rewrap(conversationId: string, wrapped: Uint8Array): Buffer | null
  /** Wraps under another deployment key from now on, and still opens what the former ones wrapped. */
  turnTo(ring: KeyRing, kept?: readonly FormerKey[]): void
  /** Seals what is ours and not a conversation's, such as a second factor; a new deployment key takes it along. */
  sealOwn(plain: Uint8Array, about: string): Buffer
  /** @throws AdmissionsError `KEY_UNREADABLE` when no key of the ring sealed it. */
  openOwn(sealed: Uint8Array, about: string): Buffer
  /** The same, sealed anew under the current deployment key; null when it is so already. */
  resealOwn(sealed: Uint8Array, about: string): Buffer | null
  /** A key for another purpose, derived from the deployment key (HKDF-SHA-256), e.g. for tokens; it goes with that key. */
  derive(purpose: string): KeyObject
  /** The same, and behind it those of former deployment keys by which something may still come back. */
  deriveAll(purpose: string): readonly KeyObject[]
}

/**
 * @param deploymentKey - 32 bytes.
 * @param former - keys whose wrappings still open, while keys are changed.
 * @param kept - what earlier keys are still needed for.
 */
export function openVault(
  deploymentKey: Buffer,
  former: readonly Buffer[] = [],
  kept: readonly FormerKey[] = [],
): Vault {
  let wrappings = wrappingsOf({ current: deploymentKey, former })
  let owns = ownsOf({ current: deploymentKey, former })
  let purposes = purposesOf({ current: deploymentKey, former }, kept)
  const current = (): KeyObject => wrappings[0] as KeyObject
  const open = (id: string, wrapped: Uint8Array): Buffer => {
    return openWithAny(wrappings, wrapped, keyAbout(id))
  }
  return {
    newKey(conversationId) {
      const raw = randomBytes(32)
      return { key: createSecretKey(raw), wrapped: seal(current(), raw, keyAbout(conversationId)) }
    },
    unwrap: (conversationId, wrapped) => createSecretKey(open(conversationId, wrapped)),
    rewrap(conversationId, wrapped) {
      if (opens(current(), wrapped, keyAbout(conversationId))) return null
      return seal(current(), open(conversationId, wrapped), keyAbout(conversationId))
    },
    turnTo(ring, keptNow = []) {
      wrappings = wrappingsOf(ring)
      owns = ownsOf(ring)
      purposes = purposesOf(ring, keptNow)
    },
    sealOwn: (plain, about) => seal(owns[0] as KeyObject, plain, about),
    openOwn: (sealed, about) => openWithAny(owns, sealed, about),
    resealOwn(sealed, about) {
      const [newest, ...others] = owns as [KeyObject, ...KeyObject[]]
      return opens(newest, sealed, about) ? null : seal(newest, openWithAny(others, sealed, about), about)
    },
    derive: (purpose) => purposes(purpose)[0] as KeyObject,
    deriveAll: (purpose) => purposes(purpose),
  }
}

const keyAbout = (conversationId: string): string => `key ${conversationId}`

function wrappingsOf({ current, former }: KeyRing): KeyObject[] {
  return [current, ...former].map((key) => derived(key, 'wrap conversation keys'))
}

/** HKDF-SHA-256 of a deployment key. */
export function derived(deploymentKey: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', deploymentKey, 'porchlight', purpose, 32)))
}

/** By the name under which second factors have always been sealed. */
function ownsOf({ current, former }: KeyRing): KeyObject[] {
  return [current, ...former].map((key) => derived(key, 'second factors'))
}

/** By purpose, each derived once: the present key's, those of the ring's former ones, those that are kept and not over. */
function purposesOf(ring: KeyRing, kept: readonly FormerKey[]): (purpose: string) => readonly KeyObject[] {
  const made = new Map<string, { readonly ours: readonly KeyObject[]; readonly before: readonly FormerKey[] }>()
  return (purpose) => {
    const known = made.get(purpose) ?? {
      ours: [ring.current, ...ring.former].map((key) => derived(key, purpose)),
      before: kept.filter((one) => one.purpose === purpose),
    }
    made.set(purpose, known)
    if (known.before.length === 0) return known.ours
    const now = Date.now()
    return [...known.ours, ...known.before.filter(({ until }) => until > now).map(({ key }) => key)]
  }
}

function openWithAny(keys: readonly KeyObject[], sealed: Uint8Array, about: string): Buffer {
  const fitting = keys.find((one) => opens(one, sealed, about)) ?? (keys[0] as KeyObject)
  return unseal(fitting, sealed, about)
}

function opens(key: KeyObject, sealed: Uint8Array, about: string): boolean {
  try {
    unseal(key, sealed, about)
    return true
  } catch {
    return false
  }
}

const POOL_BYTES = 8_192
let pool = Buffer.alloc(0)

/** Random bytes, drawn for many at once and each given out once: asking the system costs more than sealing. */
export function freshBytes(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(POOL_BYTES)
  const fresh = pool.subarray(0, count)
  pool = pool.subarray(count)
  return fresh
}

/** nonce (12) · tag (16) · ciphertext. `about` names the record's place. */
export function seal(key: KeyObject, plain: Uint8Array | string, about: string): Buffer {
  const nonce = freshBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(about))
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  cipher.final()
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

export function unseal(key: KeyObject, sealed: Uint8Array, about: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(about))
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new AdmissionsError('KEY_UNREADABLE', 'A stored record does not open under the deployment key.', { cause })
  }
}

export function sealJson(key: KeyObject, value: unknown, about: string): Buffer {
  return seal(key, JSON.stringify(value), about)
}

export function unsealJson(key: KeyObject, sealed: Uint8Array, about: string): unknown {
  return JSON.parse(unseal(key, sealed, about).toString('utf8'))
}

/** Of a cookie that may have been sealed before a new deployment key. @throws AdmissionsError `KEY_UNREADABLE`. */
export function openedByAny(keys: readonly KeyObject[], sealed: Uint8Array, about: string): unknown {
  return JSON.parse(openWithAny(keys, sealed, about).toString('utf8'))
}
