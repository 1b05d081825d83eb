-- The turn that was committed under a client key.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 conversation, 2 client key
-- returns nil, or the stream's entry

local seq = redis.call('HGET', KEYS[1] .. ':clients:' .. ARGV[1], ARGV[2])
if not seq then return nil end
return redis.call('XRANGE', KEYS[1] .. ':turns:' .. ARGV[1], seq .. '-0', seq .. '-0')[1]
