/**
 * What a former deployment key was good for besides wrapping: for as long as something may come back that was
 * signed or hashed under it, the keys derived from it stay, sealed under the present one.
 *
 * So a new key ends no open chat, no code and no link, and a person's hashes are still found when she is erased.
 * The former key itself is not kept, and nothing that it wrapped can be opened by these.
 */
import { createSecretKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { type KeyRing, writeSafely } from './key-ring.ts'
import { derived, type FormerKey, sealJson, unsealJson } from './vault.ts'

const ABOUT = 'former keys'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** By purpose: how long something may come back after the key has changed. */
const LIVES_MS: Readonly<Record<string, number>> = {
  // The page without script holds one for four hours.
  'conversation tokens': 4 * HOUR_MS,
  'open id attempt': HOUR_MS,
  'return codes': 14 * DAY_MS,
  'known device': 90 * DAY_MS,
  // As long as a permission: a year.
  'permission links': 366 * DAY_MS,
  'contact index': 366 * DAY_MS,
}
/** Lets nobody in: it only finds hashes again. */
const HARMLESS: ReadonlySet<string> = new Set(['contact index'])

const Stored = z.array(z.object({ purpose: z.string(), key: z.base64(), until: z.number() }))

export const formerKeysFile = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'former.keys')

/** None where there is no file, or it belongs to another key: then what was signed before is over. */
export function readFormerKeys(file: string, ring: KeyRing): FormerKey[] {
  if (!existsSync(file)) return []
  const sealed = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  for (const key of [ring.current, ...ring.former]) {
    try {
      return Stored.parse(unsealJson(derived(key, ABOUT), sealed, ABOUT)).map((one) => ({
        ...one,
        key: createSecretKey(Buffer.from(one.key, 'base64')),
      }))
    } catch {
      // Sealed under another key of the ring.
    }
  }
  return []
}

/**
 * Keeps what the ring's former keys are still needed for, and what was kept before and is not over.
 *
 * @param given.forget - somebody may have the former key: whatever lets in ends at once.
 */
export function keepFormerKeys(file: string, ring: KeyRing, given: { now: number; forget: boolean }): void {
  const { now, forget } = given
  const fresh = Object.entries(LIVES_MS).flatMap(([purpose, lifeMs]) =>
    ring.former.map((key) => ({ purpose, key: derived(key, purpose), until: now + lifeMs })),
  )
  const before = readFormerKeys(file, ring).filter(({ until }) => until > now)
  const stays = ({ purpose }: FormerKey): boolean => !forget || HARMLESS.has(purpose)
  const known = new Map([...fresh, ...before].filter(stays).map((one) => [`${one.purpose} ${textOf(one)}`, one]))
  const stored = [...known.values()].map((one) => ({ ...one, key: textOf(one) }))
  writeSafely(file, sealJson(derived(ring.current, ABOUT), stored, ABOUT).toString('base64'))
}

function textOf({ key }: FormerKey): string {
  return key.export().toString('base64')
}
