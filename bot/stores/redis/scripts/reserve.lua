-- Reserves something of which there is one, for a while or for good. What begins alike up to its last slash stands together.
-- KEYS 1 root
-- ARGV 1 key, 2 holder, 3 until or '', 4 at, 5 for how many milliseconds or ''
-- returns 1 reserved, 0 taken by another

local all = KEYS[1] .. ':reservations'
local group = all .. ':' .. (string.match(ARGV[1], '^(.*)/') or '')
local held = redis.call('HGET', group, ARGV[1]) or redis.call('HGET', all, ARGV[1])
if held then
  local til, holder = string.match(held, '^([^|]*)|(.*)$')
  if holder ~= ARGV[2] and (til == '' or til > ARGV[4]) then return 0 end
end
local ends = redis.call('PTTL', group)
redis.call('HDEL', all, ARGV[1])
redis.call('HSET', group, ARGV[1], ARGV[3] .. '|' .. ARGV[2])
-- A group goes by itself when the last of it is over.
if ARGV[5] == '' then
  redis.call('PERSIST', group)
elseif ends == -2 or (ends >= 0 and ends < tonumber(ARGV[5])) then
  redis.call('PEXPIRE', group, ARGV[5])
end
return 1
