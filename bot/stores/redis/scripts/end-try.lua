-- A sign-in fitted: its name starts afresh, its network takes the try back.
-- KEYS 1 root
-- ARGV 1 now in ms, 2 the name's key, 3 … the others

local root = KEYS[1]
redis.call('DEL', root .. ':tries:' .. ARGV[2])
for index = 3, #ARGV do
  local key = root .. ':tries:' .. ARGV[index]
  local count, ends = unpack(redis.call('HMGET', key, 'count', 'until'))
  if count then
    redis.call('HSET', key, 'count', math.max(0, tonumber(count) - 1),
      'until', string.format('%.0f', math.min(tonumber(ends), tonumber(ARGV[1]))))
  end
end
