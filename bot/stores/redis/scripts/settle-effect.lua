-- Settles an effect: done, or due again later.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 effect, 2 due again at ('' = done), 3 why it was given up or '', 4 operation, 5 JSON of its entry of the trail, or neither

local root, id = KEYS[1], ARGV[1]
local due, effects, taken = root .. ':effects:due', root .. ':effects', root .. ':effects:taken'
local text = redis.call('HGET', effects, id)
if not text then return end
append_once(root, ARGV[4], ARGV[5])
local effect = cjson.decode(text)
redis.call('ZREM', due, (redis.call('HGET', taken, id) or effect.dueAt) .. '|' .. id)
redis.call('HDEL', taken, id)
if ARGV[2] == '' then
  redis.call('HDEL', effects, id)
  return
end
effect.dueAt, effect.attempts = ARGV[2], effect.attempts + 1
if ARGV[3] ~= '' then effect.detail.code = ARGV[3] end
redis.call('HSET', effects, id, cjson.encode(effect))
redis.call('ZADD', due, 0, ARGV[2] .. '|' .. id)
