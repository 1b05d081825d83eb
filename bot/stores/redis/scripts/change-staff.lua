-- Changes what is named of an account, and leaves the rest as it stands.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 name, 2 JSON of what changes, 3 JSON of the second factor ('' = as it is, 'off' = none), 4 'end' when every session ends, 5 operation, 6 JSON of its entry of the trail, or neither
-- returns 1 when there is such an account

local staff = KEYS[1] .. ':staff'
local stored = redis.call('HGET', staff, ARGV[1])
if not stored then return 0 end
append_once(KEYS[1], ARGV[5], ARGV[6])
local account = cjson.decode(stored)
for field, value in pairs(cjson.decode(ARGV[2])) do account[field] = value end
if ARGV[3] == 'off' then
  account.secondFactor = nil
elseif ARGV[3] ~= '' then
  account.secondFactor = cjson.decode(ARGV[3])
end
redis.call('HSET', staff, ARGV[1], cjson.encode(account))
if ARGV[4] == 'end' then
  local mine = KEYS[1] .. ':sessions-of:' .. ARGV[1]
  for _, id in ipairs(redis.call('SMEMBERS', mine)) do redis.call('DEL', KEYS[1] .. ':session:' .. id) end
  redis.call('DEL', mine)
end
return 1
