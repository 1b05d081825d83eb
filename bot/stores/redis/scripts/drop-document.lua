-- Drops one document of a conversation. Its entry among the expiring is harmless and goes with its time.
-- flags: allow-oom
-- KEYS 1 root
-- ARGV 1 conversation, 2 id
-- returns 1 dropped, 0 there was none

redis.call('HDEL', KEYS[1] .. ':document-bodies:' .. ARGV[1], ARGV[2])
return redis.call('HDEL', KEYS[1] .. ':documents:' .. ARGV[1], ARGV[2])
