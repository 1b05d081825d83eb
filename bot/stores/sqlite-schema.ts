/**
 * The tables of the embedded store, and how its file is opened.
 *
 * Write-ahead log with synchronous FULL: what was committed survives a killed process and a pulled
 * plug. (The service brings the log to the disk in another thread instead, `checkpoint`.) Every column is an id, a code, a time or sealed bytes.
 */
import { DatabaseSync } from 'node:sqlite'
import { AdmissionsError } from '../errors.ts'
import { makePrivate } from '../keeping/private-file.ts'

const SCHEMA_VERSION = 6

/**
 * Rows of kilobytes stand in plain tables: in a table without row ids each of them would spill over several pages.
 *
 * @param since - columns of later versions.
 */
const conversationTables = (since = '') => `
CREATE TABLE IF NOT EXISTS conversations (
  id TEXT PRIMARY KEY, program TEXT NOT NULL, user TEXT NOT NULL, version INTEGER NOT NULL,
  last_seq INTEGER NOT NULL, wrapped_key BLOB, state BLOB, started_at TEXT NOT NULL, touched_at TEXT NOT NULL,
  erased_at TEXT${since}
);
CREATE TABLE IF NOT EXISTS turns (
  conversation TEXT NOT NULL, last_seq INTEGER NOT NULL, first_seq INTEGER NOT NULL, client_key TEXT, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS turns_in_order ON turns (conversation, last_seq, client_key);
`

/** What brings a database of that version to the next one. */
const migrations: Readonly<Record<number, string>> = {
  1: 'ALTER TABLE leads ADD COLUMN rises_at TEXT; DROP TABLE IF EXISTS sessions; DROP INDEX IF EXISTS leads_in_order;',
  2: `ALTER TABLE conversations RENAME TO conversations_2; ALTER TABLE turns RENAME TO turns_2;
    DROP INDEX IF EXISTS turns_by_client; ${conversationTables()}
    INSERT INTO conversations SELECT * FROM conversations_2; INSERT INTO turns SELECT * FROM turns_2;
    DROP TABLE conversations_2; DROP TABLE turns_2;`,
  3: 'ALTER TABLE staff ADD COLUMN more TEXT;',
  // From version 1 there is no such table yet: it is made as it was, for the columns to be added.
  4: `CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, started_at TEXT NOT NULL, expires_at TEXT NOT NULL
    ) WITHOUT ROWID;
    ALTER TABLE sessions ADD COLUMN seen_at TEXT; ALTER TABLE sessions ADD COLUMN device TEXT;`,
  5: `ALTER TABLE conversations ADD COLUMN state_seq INTEGER;`,
}

const tables = `${conversationTables(', state_seq INTEGER')}
CREATE TABLE IF NOT EXISTS leads (
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL UNIQUE, program TEXT NOT NULL, acuity TEXT NOT NULL, route TEXT NOT NULL,
  label TEXT, rank INTEGER NOT NULL, opened_at TEXT NOT NULL, due_at TEXT, state TEXT NOT NULL, claimed_by TEXT,
  claimed_until TEXT, fence INTEGER NOT NULL, closed_as TEXT, closed_at TEXT, note BLOB,
  rises_at TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leads_by_place ON leads (state, rank, coalesce(due_at, '9'), opened_at, id);
CREATE INDEX IF NOT EXISTS leads_rising ON leads (rises_at) WHERE rises_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS effects (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, conversation TEXT NOT NULL, detail TEXT NOT NULL, due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL, done_at TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS effects_pending ON effects (due_at) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS questions (
  id TEXT PRIMARY KEY, program TEXT NOT NULL, conversation TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS consents (
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL, kind TEXT NOT NULL, given INTEGER NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  id TEXT NOT NULL, conversation TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, expires_at TEXT, body BLOB NOT NULL,
  PRIMARY KEY (conversation, id)
);
CREATE INDEX IF NOT EXISTS documents_expiring ON documents (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS scripts (version TEXT PRIMARY KEY, published_at TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS learned (
  id TEXT NOT NULL, version INTEGER NOT NULL, program TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS referrals (
  month TEXT NOT NULL, program TEXT NOT NULL, label TEXT NOT NULL, resource TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (month, program, label, resource)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reservations (key TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL, actor TEXT NOT NULL, conversation TEXT,
  lead TEXT, detail TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_of_lead ON audit (lead, event, at) WHERE lead IS NOT NULL;
CREATE TABLE IF NOT EXISTS staff (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, programs TEXT, password_hash TEXT NOT NULL, disabled INTEGER NOT NULL,
  more TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, started_at TEXT NOT NULL, expires_at TEXT NOT NULL,
  seen_at TEXT, device TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

/**
 * Opens (and creates) the database.
 *
 * @param file - a path, or `:memory:` for tests.
 * @throws AdmissionsError `STORE_UNAVAILABLE` when the file is locked, corrupt, not a database or of a newer version.
 */
export function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | null = null
  try {
    makePrivate(file)
    database = new DatabaseSync(file, { timeout: 5_000 })
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000;',
    )
    bringUpToDate(database)
    return database
  } catch (cause) {
    // What was begun holds a lock, and whoever mends the file would wait for it.
    database?.close()
    if (cause instanceof AdmissionsError) throw cause
    const code = cause instanceof Error ? cause.message : 'unknown'
    throw new AdmissionsError('STORE_UNAVAILABLE', `The database in DATA_DIR cannot be opened (${code}).`, { cause })
  }
}

/** In one transaction: a start that is cut off leaves the database as it was. */
function bringUpToDate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE')
  for (let version = versionOf(database); version < SCHEMA_VERSION; version += 1)
    database.exec(migrations[version] ?? '')
  database.exec(tables)
  database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run('schema', String(SCHEMA_VERSION))
  database.exec('COMMIT')
}

/** The version of the tables as found, this one for an empty file. Refuses a newer one. */
function versionOf(database: DatabaseSync): number {
  const known = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta'").get()
  const row = known && database.prepare("SELECT value FROM meta WHERE name = 'schema'").get()
  const version = row ? Number(row.value) : SCHEMA_VERSION
  if (version > SCHEMA_VERSION) {
    throw new AdmissionsError(
      'STORE_UNAVAILABLE',
      'The database was written by a newer Porchlight: start that version.',
    )
  }
  return version
}
