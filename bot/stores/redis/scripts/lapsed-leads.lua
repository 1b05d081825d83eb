-- Leads whose lease has ended and that nobody has given back yet, as they are held.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 at
-- returns the leads

local root, leads = KEYS[1], {}
for index, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':queue:claimed', '-', '(' .. ARGV[1] .. '}')) do
  leads[index] = redis.call('HGET', root .. ':leads', string.match(member, '([^|]*)$'))
end
return leads
