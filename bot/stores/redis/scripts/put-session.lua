-- Keeps a desk session, and that it is its owner's.
-- KEYS 1 root
-- ARGV 1 id, 2 name, 3 JSON of the session, 4 kept for ms

local root = KEYS[1]
redis.call('SET', root .. ':session:' .. ARGV[1], ARGV[3], 'PX', ARGV[4])
redis.call('SADD', root .. ':sessions-of:' .. ARGV[2], ARGV[1])
redis.call('PEXPIRE', root .. ':sessions-of:' .. ARGV[2], ARGV[4])
