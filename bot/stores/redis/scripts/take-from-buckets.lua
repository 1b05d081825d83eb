-- Takes one from each of these buckets, which refill evenly; a bucket is forgotten when it is full again.
-- KEYS 1 root
-- ARGV for each bucket: key, per minute, now in ms
-- returns for each bucket: what is left (thousandths) and when that was, in ms

local taken = {}
for one = 1, #ARGV, 3 do
  local key, full, now = KEYS[1] .. ':limit:' .. ARGV[one], tonumber(ARGV[one + 1]), tonumber(ARGV[one + 2])
  local left, at = unpack(redis.call('HMGET', key, 'left', 'at'))
  left, at = tonumber(left or full), tonumber(at or now)
  now = math.max(now, at)
  left = math.min(full, left + (now - at) * full / 60000)
  if left >= 1 then left = left - 1 end
  redis.call('HSET', key, 'left', left, 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', key, 60000)
  table.insert(taken, math.floor(left * 1000))
  table.insert(taken, string.format('%.0f', now))
end
return taken
