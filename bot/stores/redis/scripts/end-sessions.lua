-- Ends every session of an account.
-- KEYS 1 root
-- ARGV 1 name

local root = KEYS[1]
local mine = root .. ':sessions-of:' .. ARGV[1]
for _, id in ipairs(redis.call('SMEMBERS', mine)) do redis.call('DEL', root .. ':session:' .. id) end
redis.call('DEL', mine)
