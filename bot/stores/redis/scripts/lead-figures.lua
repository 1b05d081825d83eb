-- What began since a moment, of some programs.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 since, 2 … programs (none = all)
-- returns [conversations, lead, lead …]

local root, since = KEYS[1], '[' .. ARGV[1]
local programs = #ARGV > 1 and { unpack(ARGV, 2) } or redis.call('SMEMBERS', root .. ':programs')
local answer = { 0 }
for _, program in ipairs(programs) do
  answer[1] = answer[1] + redis.call('ZLEXCOUNT', root .. ':begun:' .. program, since, '+')
  for _, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':queue:opened:' .. program, since, '+')) do
    answer[#answer + 1] = redis.call('HGET', root .. ':leads', string.match(member, '([^|]*)$'))
  end
end
return answer
