-- Reserves something of which there is one, for a while or for good.
-- KEYS 1 root
-- ARGV 1 key, 2 holder, 3 until or '', 4 at, 5 for how many milliseconds or '', 6 operation, 7 JSON of its entry of the trail, or neither
-- uses: sha256, audit, place
-- returns 1 reserved, 0 taken by another

local reservations, isGroup = place(KEYS[1], ARGV[1])
local held = redis.call('HGET', reservations, ARGV[1])
if held then
  local til, holder = string.match(held, '^([^|]*)|(.*)$')
  if holder ~= ARGV[2] and (til == '' or til > ARGV[4]) then return 0 end
end
append_once(KEYS[1], ARGV[6], ARGV[7])
redis.call('HSET', reservations, ARGV[1], ARGV[3] .. '|' .. ARGV[2])
if isGroup and ARGV[5] ~= '' and redis.call('PTTL', reservations) < tonumber(ARGV[5]) then
  redis.call('PEXPIRE', reservations, ARGV[5])
end
return 1
