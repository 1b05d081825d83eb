-- Appends one event to the audit trail; the same operation sent twice is one entry.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 operation, 2 JSON of the event

if not redis.call('SET', KEYS[1] .. ':operation:' .. ARGV[1], 1, 'NX', 'PX', 60000) then return end
append_audit(KEYS[1], cjson.decode(ARGV[2]))
