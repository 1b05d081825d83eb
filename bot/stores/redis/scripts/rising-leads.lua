-- Leads whose place changes by time alone by now, as stored.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 at, 2 limit
-- returns the leads

local root = KEYS[1]
local members = redis.call('ZRANGEBYLEX', root .. ':queue:rising', '-', '(' .. ARGV[1] .. '}', 'LIMIT', 0, ARGV[2])
local leads = {}
for index, member in ipairs(members) do
  leads[index] = redis.call('HGET', root .. ':leads', string.match(member, '([^|]*)$'))
end
return leads
