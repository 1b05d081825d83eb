-- A session with its person's account, as both are at one moment.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 session
-- returns [session, account], or nil when either is missing

local session = redis.call('GET', KEYS[1] .. ':session:' .. ARGV[1])
if not session then return nil end
local account = redis.call('HGET', KEYS[1] .. ':staff', cjson.decode(session).name)
return account and { session, account } or nil
