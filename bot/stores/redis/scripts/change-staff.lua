-- Changes what is named of an account, and leaves the rest as it stands.
-- KEYS 1 root
-- ARGV 1 name, 2 JSON of what changes, 3 JSON of the second factor ('' = as it is, 'off' = none)
-- returns 1 when there is such an account

local staff = KEYS[1] .. ':staff'
local stored = redis.call('HGET', staff, ARGV[1])
if not stored then return 0 end
local account = cjson.decode(stored)
for field, value in pairs(cjson.decode(ARGV[2])) do account[field] = value end
if ARGV[3] == 'off' then
  account.secondFactor = nil
elseif ARGV[3] ~= '' then
  account.secondFactor = cjson.decode(ARGV[3])
end
redis.call('HSET', staff, ARGV[1], cjson.encode(account))
return 1
