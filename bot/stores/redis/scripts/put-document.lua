-- Keeps a sealed document of a conversation; one of the same id is replaced.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 conversation, 2 id, 3 JSON about it, 4 sealed body, 5 expires at or '', 6 operation, 7 JSON of its entry of the trail, or neither
-- returns 1 kept, 0 there is no such conversation or it was erased

local root, conversation, id = KEYS[1], ARGV[1], ARGV[2]
local program, erased = unpack(redis.call('HMGET', root .. ':conversation:' .. conversation, 'program', 'erasedAt'))
if not program or erased then return 0 end
append_once(root, ARGV[6], ARGV[7])
local before = redis.call('HGET', root .. ':documents:' .. conversation, id)
if before then
  local expires = cjson.decode(before)['expiresAt']
  if type(expires) == 'string' then redis.call('ZREM', root .. ':documents-expiring', expires .. '|' .. conversation .. '|' .. id) end
end
redis.call('HSET', root .. ':documents:' .. conversation, id, ARGV[3])
redis.call('HSET', root .. ':document-bodies:' .. conversation, id, ARGV[4])
if ARGV[5] ~= '' then redis.call('ZADD', root .. ':documents-expiring', 0, ARGV[5] .. '|' .. conversation .. '|' .. id) end
return 1
