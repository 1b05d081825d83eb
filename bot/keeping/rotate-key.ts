/**
 * A new deployment key while the service runs: every conversation's key is wrapped anew, its words stay as they are,
 * and second factors of staff are sealed anew.
 *
 * First the key file holds both keys, and a running service is given time to see it; then the keys are
 * wrapped anew until none is left under the former one; last the former key goes. A crash at any point
 * leaves a ring that opens everything, and the next call goes on from there.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { markKey, readKeyRing } from './deployment-key.ts'
import { formerKeysFile, keepFormerKeys } from './former-keys.ts'
import { factorAbout, type KeyBook, type SealedFactor } from './key-book.ts'
import { freshKey, type KeyRing, keyFileOf, LOOK_EVERY_MS, parseRing, writeRing } from './key-ring.ts'
import { openVault, type Vault } from './vault.ts'

const PAGE = 500

export interface Rotation {
  /** Conversation keys that were wrapped anew. */
  readonly rewrapped: number
}

/**
 * @param options.forget - somebody may have the former key: what was signed under it ends at once.
 * @throws AdmissionsError `REQUEST_INVALID` when the key comes from the environment.
 */
export async function rotateKey(config: Config, book: KeyBook, options = { forget: false }): Promise<Rotation> {
  const file = keyFileOf(config)
  if (file === null)
    throw new AdmissionsError(
      'REQUEST_INVALID',
      'The key does not come from a file: `docs/privacy.md` says how it is changed at its source.',
    )
  readKeyRing(config)
  const ring = begun(parseRing(readFileSync(file, 'utf8'), 'the key file'))
  writeRing(file, ring)
  const vault = openVault(ring.current, ring.former)
  let rewrapped = 0
  for (;;) {
    await wait(2.5 * LOOK_EVERY_MS)
    const count = await rewrapAll(book, vault)
    rewrapped += count
    if (count + resealFactors(book, vault) === 0) break
  }
  keepFormerKeys(formerKeysFile(config), ring, { now: Date.now(), ...options })
  markKey(config, ring.current)
  writeRing(file, { current: ring.current, former: [] })
  return { rewrapped }
}

/** An earlier rotation that was cut off is finished before another key is made. */
function begun(ring: KeyRing): KeyRing {
  return ring.former.length > 0 ? ring : { current: freshKey(), former: [ring.current] }
}

async function rewrapAll(book: KeyBook, vault: Vault): Promise<number> {
  let count = 0
  for (let page = book.keys('', PAGE); page.length > 0; page = book.keys(page.at(-1)?.conversation ?? '', PAGE)) {
    const changes = page.flatMap(({ conversation, wrapped }) => {
      const fresh = vault.rewrap(conversation, wrapped)
      return fresh === null ? [] : [{ conversation, wrapped, fresh }]
    })
    count += book.replace(changes)
  }
  return count
}

/** One that no key opens is left to its owner, who sets up another: it must not keep the key from being changed. */
function resealFactors(book: KeyBook, vault: Vault): number {
  let count = 0
  for (const factor of book.factors()) {
    const fresh = resealed(vault, factor)
    if (fresh !== null) count += Number(book.replaceFactor(factor, fresh.toString('base64url')))
  }
  return count
}

function resealed(vault: Vault, { name, sealed }: SealedFactor): Buffer | null {
  try {
    return vault.resealOwn(Buffer.from(sealed, 'base64url'), factorAbout(name))
  } catch {
    return null
  }
}
