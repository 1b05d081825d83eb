-- What is reserved under the beginning of a key, as it is kept.
-- flags: no-writes
-- uses: place
-- KEYS 1 root
-- ARGV 1 beginning
-- returns key and `until|holder`, one after the other

local all, found = redis.call('HGETALL', (place(KEYS[1], ARGV[1]))), {}
for index = 1, #all, 2 do
  if string.sub(all[index], 1, #ARGV[1]) == ARGV[1] then
    found[#found + 1], found[#found + 2] = all[index], all[index + 1]
  end
end
return found
