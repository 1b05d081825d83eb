-- Drops every document whose time is over, but none of a conversation under a legal hold.
-- flags: allow-oom
-- KEYS 1 root
-- ARGV 1 at
-- returns how many there were

local root, dropped = KEYS[1], 0
local due = redis.call('ZRANGEBYLEX', root .. ':documents-expiring', '-', '[' .. ARGV[1] .. '}')
for _, member in ipairs(due) do
  local conversation, id = string.match(member, '^[^|]*|([^|]*)|(.*)$')
  if redis.call('HEXISTS', root .. ':reservations', 'hold/' .. conversation) == 0 then
    redis.call('HDEL', root .. ':document-bodies:' .. conversation, id)
    dropped = dropped + redis.call('HDEL', root .. ':documents:' .. conversation, id)
    redis.call('ZREM', root .. ':documents-expiring', member)
  end
end
return dropped
