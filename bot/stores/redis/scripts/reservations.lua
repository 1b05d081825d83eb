-- Everything that is reserved, as it is kept.
-- flags: no-writes
-- KEYS 1 root
-- returns key and `until|holder`, one after the other

return redis.call('HGETALL', KEYS[1] .. ':reservations')
