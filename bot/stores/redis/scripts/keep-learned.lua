-- Keeps a version of what staff stated; one that is there already stays as it is.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 id and version, 2 JSON of it, 3 operation, 4 JSON of its entry of the trail, or neither
-- returns 1 kept, 0 somebody was faster

local kept = KEYS[1] .. ':learned'
if redis.call('HEXISTS', kept, ARGV[1]) == 1 then return 0 end
append_once(KEYS[1], ARGV[3], ARGV[4])
redis.call('HSET', kept, ARGV[1], ARGV[2])
return 1
