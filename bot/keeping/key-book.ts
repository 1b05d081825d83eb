/**
 * The wrapped keys of the embedded store, read and replaced beside a running service.
 */
import type { DatabaseSync } from 'node:sqlite'

export interface WrappedKey {
  readonly conversation: string
  readonly wrapped: Uint8Array
}

export interface KeyBook {
  /** In order of the conversations' ids, those after the given one. */
  keys(after: string, limit: number): readonly WrappedKey[]
  /** In one transaction; a key that was destroyed meanwhile stays destroyed. Returns how many were replaced. */
  replace(changes: readonly (WrappedKey & { readonly fresh: Uint8Array })[]): number
}

export function keyBook(database: DatabaseSync): KeyBook {
  const page = database.prepare(
    'SELECT id, wrapped_key FROM conversations WHERE id > ? AND wrapped_key IS NOT NULL ORDER BY id LIMIT ?',
  )
  const put = database.prepare('UPDATE conversations SET wrapped_key = ? WHERE id = ? AND wrapped_key = ?')
  return {
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
