-- Reserves something of which there is one, for a while or for good.
-- KEYS 1 root
-- ARGV 1 key, 2 holder, 3 until or '', 4 at
-- returns 1 reserved, 0 taken by another

local reservations = KEYS[1] .. ':reservations'
local held = redis.call('HGET', reservations, ARGV[1])
if held then
  local til, holder = string.match(held, '^([^|]*)|(.*)$')
  if holder ~= ARGV[2] and (til == '' or til > ARGV[4]) then return 0 end
end
redis.call('HSET', reservations, ARGV[1], ARGV[3] .. '|' .. ARGV[2])
return 1
