-- Stores an effect that no turn brings; the same one twice is one.
-- KEYS 1 root
-- ARGV 1 id, 2 due at, 3 JSON of the effect

local root = KEYS[1]
if redis.call('HSETNX', root .. ':effects', ARGV[1], ARGV[3]) == 1 then
  redis.call('ZADD', root .. ':effects:due', 0, ARGV[2] .. '|' .. ARGV[1])
end
