-- Takes effects that are due, for a while: no other machine takes them until then. What a dead machine took comes back.
-- KEYS 1 root
-- ARGV 1 at, 2 until, 3 limit
-- returns the effects, each as [text, due at]

local root = KEYS[1]
local due = root .. ':effects:due'
local taken = {}
for index, member in ipairs(redis.call('ZRANGEBYLEX', due, '-', '(' .. ARGV[1] .. '}', 'LIMIT', 0, ARGV[3])) do
  local id = string.match(member, '([^|]*)$')
  taken[index] = redis.call('HGET', root .. ':effects', id)
  redis.call('ZREM', due, member)
  redis.call('ZADD', due, 0, ARGV[2] .. '|' .. id)
  redis.call('HSET', root .. ':effects:taken', id, ARGV[2])
end
return taken
