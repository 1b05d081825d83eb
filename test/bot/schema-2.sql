-- The tables as version 2 of the embedded store made them.
CREATE TABLE IF NOT EXISTS conversations (
  id TEXT PRIMARY KEY, program TEXT NOT NULL, user TEXT NOT NULL, version INTEGER NOT NULL,
  last_seq INTEGER NOT NULL, wrapped_key BLOB, state BLOB, started_at TEXT NOT NULL, touched_at TEXT NOT NULL,
  erased_at TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (
  conversation TEXT NOT NULL, last_seq INTEGER NOT NULL, first_seq INTEGER NOT NULL, client_key TEXT, body BLOB NOT NULL,
  PRIMARY KEY (conversation, last_seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS turns_by_client ON turns (conversation, client_key) WHERE client_key IS NOT NULL;
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
CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL, actor TEXT NOT NULL, conversation TEXT,
  lead TEXT, detail TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_of_lead ON audit (lead, event, at) WHERE lead IS NOT NULL;
CREATE TABLE IF NOT EXISTS staff (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, programs TEXT, password_hash TEXT NOT NULL, disabled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, started_at TEXT NOT NULL, expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema', '2');
