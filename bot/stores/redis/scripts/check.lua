-- Whether this Redis can be read and written now; its clock comes along.
-- KEYS 1 root
-- returns seconds, microseconds

redis.call('SET', KEYS[1] .. ':checked', 'ok')
return redis.call('TIME')
