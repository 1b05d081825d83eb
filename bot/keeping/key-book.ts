/**
 * The wrapped keys of the embedded store, and what else is sealed under the deployment key: read and replaced
 * beside a running service.
 */
import type { DatabaseSync } from 'node:sqlite'

export interface WrappedKey {
  readonly conversation: string
  readonly wrapped: Uint8Array
}

/** A second factor's secret, as the account keeps it. */
export interface SealedFactor {
  readonly name: string
  /** base64url */
  readonly sealed: string
}

/** Binds a second factor to its account. */
export const factorAbout = (name: string): string => `second factor ${name}`

export interface KeyBook {
  /** In order of the conversations' ids, those after the given one. */
  keys(after: string, limit: number): readonly WrappedKey[]
  /** In one transaction; a key that was destroyed meanwhile stays destroyed. Returns how many were replaced. */
  replace(changes: readonly (WrappedKey & { readonly fresh: Uint8Array })[]): number
  factors(): readonly SealedFactor[]
  /** false when another one stands there by now. */
  replaceFactor(before: SealedFactor, fresh: string): boolean
}

export function keyBook(database: DatabaseSync): KeyBook {
  const page = database.prepare(
    'SELECT id, wrapped_key FROM conversations WHERE id > ? AND wrapped_key IS NOT NULL ORDER BY id LIMIT ?',
  )
  const put = database.prepare('UPDATE conversations SET wrapped_key = ? WHERE id = ? AND wrapped_key = ?')
  const factors = database.prepare(
    "SELECT name, more ->> '$.secondFactor.sealed' AS sealed FROM staff WHERE more ->> '$.secondFactor.sealed' IS NOT NULL",
  )
  const putFactor = database.prepare(
    "UPDATE staff SET more = json_set(more, '$.secondFactor.sealed', ?) WHERE name = ? AND more ->> '$.secondFactor.sealed' = ?",
  )
  return {
    factors: () => factors.all() as unknown as SealedFactor[],
    replaceFactor: ({ name, sealed }, fresh) => putFactor.run(fresh, name, sealed).changes === 1,
    keys: (after, limit) =>
      page.all(after, limit).map((row) => ({
        conversation: row.id as string,
        wrapped: row.wrapped_key as Uint8Array,
      })),
    replace(changes) {
      if (changes.length === 0) return 0
      database.exec('BEGIN IMMEDIATE')
      const count = changes.reduce(
        (sum, { conversation, wrapped, fresh }) => sum + Number(put.run(fresh, conversation, wrapped).changes),
        0,
      )
      database.exec('COMMIT')
      return count
    },
  }
}
