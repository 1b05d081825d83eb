-- Numbers a desk event, keeps it among the last ones, and tells every machine.
-- KEYS 1 root
-- ARGV 1 JSON of the event without its id, 2 the first id ever (grows with time), 3 how many are kept
-- publishes desk  id:JSON

local root = KEYS[1]
local last = root .. ':desk-events:last'
redis.call('SET', last, ARGV[2], 'NX')
local id = string.format('%d', redis.call('INCR', last))
redis.call('XADD', root .. ':desk-events', 'MAXLEN', '~', ARGV[3], id .. '-0', 'event', ARGV[1])
redis.call('PUBLISH', root .. ':desk', id .. ':' .. ARGV[1])
