-- Uses up a code of somebody's second factor: a time step that is newer than the last, or a recovery code that is left.
-- KEYS 1 root
-- ARGV 1 name, 2 time step ('' = none), 3 hash of a recovery code ('' = none), 4 operation
-- returns 1 when it was there to be used; the same operation sent twice is used once

local staff = KEYS[1] .. ':staff'
local stored = redis.call('HGET', staff, ARGV[1])
local account = stored and cjson.decode(stored)
if not account or not account.secondFactor then return 0 end
local factor, operation = account.secondFactor, KEYS[1] .. ':operation:' .. ARGV[4]
if redis.call('EXISTS', operation) == 1 then return 1 end
if ARGV[2] ~= '' then
  if tonumber(ARGV[2]) <= factor.lastStep then return 0 end
  factor.lastStep = tonumber(ARGV[2])
else
  local left, found = {}, false
  for code in string.gmatch(factor.recovery, '%S+') do
    if code == ARGV[3] then found = true else left[#left + 1] = code end
  end
  if not found then return 0 end
  factor.recovery = table.concat(left, ' ')
end
redis.call('HSET', staff, ARGV[1], cjson.encode(account))
redis.call('SET', operation, 1, 'PX', 60000)
return 1
