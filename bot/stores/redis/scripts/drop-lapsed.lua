-- Drops reservations whose time is over.
-- flags: allow-oom
-- KEYS 1 root
-- ARGV 1 at
-- returns how many there were

local reservations, dropped = KEYS[1] .. ':reservations', 0
local all = redis.call('HGETALL', reservations)
for index = 1, #all, 2 do
  local til = string.match(all[index + 1], '^([^|]*)|')
  if til ~= '' and til <= ARGV[1] then dropped = dropped + redis.call('HDEL', reservations, all[index]) end
end
return dropped
