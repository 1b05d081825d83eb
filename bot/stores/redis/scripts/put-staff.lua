-- Keeps an account as a whole.
-- uses: sha256, audit
-- KEYS 1 root
-- ARGV 1 name, 2 JSON of it, 3 operation, 4 JSON of its entry of the trail, or neither

append_once(KEYS[1], ARGV[3], ARGV[4])
redis.call('HSET', KEYS[1] .. ':staff', ARGV[1], ARGV[2])
