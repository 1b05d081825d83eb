-- Effects that were given up: their time is 'never', which sorts after every time.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 limit
-- returns the effects

local root, effects = KEYS[1], {}
for index, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':effects:due', '[never|', '(never}', 'LIMIT', 0, ARGV[1])) do
  effects[index] = redis.call('HGET', root .. ':effects', string.match(member, '([^|]*)$'))
end
return effects
