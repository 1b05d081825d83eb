-- Appends one event to the audit trail; the same operation sent twice is one entry.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 operation, 2 JSON of the event

append_once(KEYS[1], ARGV[1], ARGV[2])
