-- Takes one from a bucket that refills evenly; forgotten when it is full again.
-- KEYS 1 root
-- ARGV 1 key, 2 per minute, 3 now in ms
-- returns what is left (thousandths) and when that was, in ms

local key, full, now = KEYS[1] .. ':limit:' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local left, at = unpack(redis.call('HMGET', key, 'left', 'at'))
left, at = tonumber(left or full), tonumber(at or now)
now = math.max(now, at)
left = math.min(full, left + (now - at) * full / 60000)
if left >= 1 then left = left - 1 end
redis.call('HSET', key, 'left', left, 'at', string.format('%.0f', now))
redis.call('PEXPIRE', key, 60000)
return { math.floor(left * 1000), string.format('%.0f', now) }
