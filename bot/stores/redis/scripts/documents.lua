-- The documents of a conversation.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 conversation
-- returns pairs of JSON and sealed body

local root, found = KEYS[1], {}
for index, id in ipairs(redis.call('HKEYS', root .. ':documents:' .. ARGV[1])) do
  found[index] = {
    redis.call('HGET', root .. ':documents:' .. ARGV[1], id),
    redis.call('HGET', root .. ':document-bodies:' .. ARGV[1], id),
  }
end
return found
