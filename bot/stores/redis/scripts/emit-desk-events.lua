-- Numbers desk events in their order, keeps them among the last ones, and tells every machine.
-- KEYS 1 root
-- ARGV 1 the first id ever (grows with time), 2 how many are kept, 3 … JSON of each event without its id
-- publishes desk  id:JSON, for each

local root = KEYS[1]
local last = root .. ':desk-events:last'
redis.call('SET', last, ARGV[1], 'NX')
for one = 3, #ARGV do
  local id = string.format('%d', redis.call('INCR', last))
  redis.call('XADD', root .. ':desk-events', 'MAXLEN', '~', ARGV[2], id .. '-0', 'event', ARGV[one])
  redis.call('PUBLISH', root .. ':desk', id .. ':' .. ARGV[one])
end
