-- Gives a reservation back, when it is this holder's.
-- KEYS 1 root
-- ARGV 1 key, 2 holder, 3 operation, 4 JSON of its entry of the trail or none
-- uses: sha256, audit, place
-- returns 1 given back, 0 it was not the holder's

local reservations, given = place(KEYS[1], ARGV[1]), KEYS[1] .. ':given-back'
local held = redis.call('HGET', reservations, ARGV[1])
if not held then return redis.call('GET', given .. ':' .. ARGV[3]) and 1 or 0 end
if string.match(held, '^[^|]*|(.*)$') ~= ARGV[2] then return 0 end
append_once(KEYS[1], ARGV[3], ARGV[4])
redis.call('HDEL', reservations, ARGV[1])
redis.call('SET', given .. ':' .. ARGV[3], '1', 'PX', 60000)
return 1
