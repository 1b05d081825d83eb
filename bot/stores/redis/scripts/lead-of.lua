-- The lead of a conversation.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 conversation
-- returns the lead, or nil

local id = redis.call('HGET', KEYS[1] .. ':lead-of', ARGV[1])
return id and redis.call('HGET', KEYS[1] .. ':leads', id) or nil
