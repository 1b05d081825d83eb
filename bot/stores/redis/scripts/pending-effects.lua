-- Effects that are due and that nobody has taken.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 due by, 2 limit
-- returns the effects

local root, effects = KEYS[1], {}
for index, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':effects:due', '-', '(' .. ARGV[1] .. '}', 'LIMIT', 0, ARGV[2])) do
  effects[index] = redis.call('HGET', root .. ':effects', string.match(member, '([^|]*)$'))
end
return effects
