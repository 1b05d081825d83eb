/**
 * Files that hold something about people: only the account that the service runs under may open them.
 */
import { closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Reading, writing and searching by anybody else. */
const OTHERS = 0o077
const ours = /^(porchlight\.|deployment\.key|former\.keys|direct-line\.secret|key\.mark)/

/**
 * An empty file with mode 0600, if there is none; SQLite gives its log and its index the same.
 *
 * What cannot be made is said by whoever opens it.
 */
export function makePrivate(file: string): void {
  if (file === ':memory:' || existsSync(file)) return
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // No folder, no right, no room: SQLite's own words tell which.
  }
}

export interface Openness {
  readonly isFolderOpen: boolean
  /** Names of files of ours that others may open. */
  readonly files: readonly string[]
}

/** What others on this machine may open in the data folder; nothing where there is no folder. */
export function opennessOf(folder: string): Openness {
  if (!existsSync(folder)) return { isFolderOpen: false, files: [] }
  const files = readdirSync(folder).filter((name) => ours.test(name) && isOpen(join(folder, name)))
  return { isFolderOpen: isOpen(folder), files: files.toSorted() }
}

/** A file that went away meanwhile is no longer open to anybody. */
function isOpen(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & OTHERS) !== 0
}
