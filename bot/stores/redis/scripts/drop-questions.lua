-- Drops unanswered questions that were asked before a moment, but none of a conversation under a legal hold.
-- flags: allow-oom
-- KEYS 1 root
-- ARGV 1 before
-- returns how many there were

local root, dropped = KEYS[1], 0
for _, program in ipairs(redis.call('SMEMBERS', root .. ':programs')) do
  local asked = root .. ':asked:' .. program
  for _, member in ipairs(redis.call('ZRANGEBYLEX', asked, '-', '(' .. ARGV[1])) do
    local conversation = string.match(member, '^[^|]*|([^|]*)|')
    if redis.call('HEXISTS', root .. ':reservations', 'hold/' .. conversation) == 0 then
      redis.call('HDEL', root .. ':questions:' .. conversation, member)
      redis.call('ZREM', asked, member)
      dropped = dropped + 1
    end
  end
end
return dropped
