-- What is reserved under the beginning of a key, as it is kept; what an older version kept in one place is among it.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 beginning, up to its last slash
-- returns key and `until|holder`, one after the other

local all = KEYS[1] .. ':reservations'
local found = redis.call('HGETALL', all .. ':' .. string.gsub(ARGV[1], '/$', ''))
for _, part in ipairs(redis.call('HGETALL', all)) do table.insert(found, part) end
return found
