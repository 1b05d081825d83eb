-- Reads a conversation, unless the version that the caller holds is still the one.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 id, 2 version held ('' = none)
-- returns nil for none or erased, 'same', or program, user, version, lastSeq, wrappedKey, state, startedAt, and the
--         turns that changed that state

local key = KEYS[1] .. ':conversation:' .. ARGV[1]
local version, erased = unpack(redis.call('HMGET', key, 'version', 'erasedAt'))
if not version or erased then return nil end
if version == ARGV[2] then return 'same' end
local read = redis.call('HMGET', key, 'program', 'user', 'version', 'lastSeq', 'wrappedKey', 'state', 'startedAt', 'stateSeq')
local since = read[8]
read[8] = since and redis.call('XRANGE', KEYS[1] .. ':turns:' .. ARGV[1], (tonumber(since) + 1) .. '-0', '+') or {}
return read
