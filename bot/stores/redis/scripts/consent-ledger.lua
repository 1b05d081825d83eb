-- The ledger of a conversation's consents.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 conversation
-- returns `id|kind|given` and sealed body, one after the other

return redis.call('HGETALL', KEYS[1] .. ':consents:' .. ARGV[1])
