-- Counts of referrals: month|program|label|resource and how often, one after another.
-- flags: no-writes
-- KEYS 1 root

return redis.call('HGETALL', KEYS[1] .. ':referrals')
