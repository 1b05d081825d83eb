-- Counts a sign-in as failed from the moment it begins, under its name and its network, unless one of them is locked.
-- KEYS 1 root
-- ARGV 1 now in ms, 2 first wait in ms, 3 longest wait in ms, 4 forgotten after in ms, then in twos: key, free tries
-- returns the wait in ms, 0 = counted and allowed

local root, now = KEYS[1], tonumber(ARGV[1])
local first, longest, forgotten = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local locked = 0
for index = 5, #ARGV, 2 do
  locked = math.max(locked, tonumber(redis.call('HGET', root .. ':tries:' .. ARGV[index], 'until') or 0))
end
if locked > now then return locked - now end

for index = 5, #ARGV, 2 do
  local key = root .. ':tries:' .. ARGV[index]
  local count, ends = unpack(redis.call('HMGET', key, 'count', 'until'))
  local before = tonumber(ends or 0) + forgotten > now and tonumber(count or 0) or 0
  local over = before + 1 - tonumber(ARGV[index + 1])
  local wait = over < 0 and 0 or math.min(longest, first * 2 ^ math.min(over, 30))
  redis.call('HSET', key, 'count', before + 1, 'until', string.format('%.0f', now + wait))
  redis.call('PEXPIRE', key, string.format('%.0f', wait + forgotten))
end
return 0
