-- The newest questions that nobody could answer, of some programs.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 limit, 2 … programs (none = all)
-- returns a list of [at|conversation|question, program, sealed question], newest first

local root, limit = KEYS[1], tonumber(ARGV[1])
local programs = #ARGV > 1 and { unpack(ARGV, 2) } or redis.call('SMEMBERS', root .. ':programs')
local found = {}
for _, program in ipairs(programs) do
  for _, member in ipairs(redis.call('ZREVRANGE', root .. ':asked:' .. program, 0, limit - 1)) do
    found[#found + 1] = { member, program }
  end
end
table.sort(found, function(one, other) return one[1] > other[1] end)
local rows = {}
for index = 1, math.min(limit, #found) do
  local member, program = unpack(found[index])
  local conversation = string.match(member, '^[^|]*|([^|]*)|')
  rows[#rows + 1] = { member, program, redis.call('HGET', root .. ':questions:' .. conversation, member) }
end
return rows
