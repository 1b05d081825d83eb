-- Starts a conversation, once.
-- KEYS 1 root
-- ARGV 1 id, 2 program, 3 user, 4 version, 5 last sequence number, 6 wrapped key, 7 sealed state, 8 started at, 9 operation
-- returns 1 started, 0 exists

local root, id = KEYS[1], ARGV[1]
local key = root .. ':conversation:' .. id
local operation = redis.call('HGET', key, 'op')
if operation then return operation == ARGV[9] and 1 or 0 end
redis.call('HSET', key, 'program', ARGV[2], 'user', ARGV[3], 'version', ARGV[4], 'lastSeq', ARGV[5],
  'wrappedKey', ARGV[6], 'state', ARGV[7], 'startedAt', ARGV[8], 'op', ARGV[9])
redis.call('SADD', root .. ':programs', ARGV[2])
redis.call('ZADD', root .. ':begun:' .. ARGV[2], 0, ARGV[8] .. '|' .. id)
return 1
