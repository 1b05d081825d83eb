-- Writes a use of a desk session down, where the session is still there.
-- KEYS 1 root
-- ARGV 1 id, 2 name, 3 JSON of the session, 4 kept for ms

local root = KEYS[1]
if not redis.call('SET', root .. ':session:' .. ARGV[1], ARGV[3], 'XX', 'PX', ARGV[4]) then return end
redis.call('PEXPIRE', root .. ':sessions-of:' .. ARGV[2], ARGV[4])
