-- One page of the queue. A lapsed lease counts as open, so it shows again without anybody's doing.
-- uses: leads
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 state, 2 at, 3 offset, 4 limit, 5 … programs (none = all)
-- returns limit + 1 leads at most: one more than asked says that there is a next page

local root, state, at, offset, limit = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local programs = #ARGV > 4 and { unpack(ARGV, 5) } or redis.call('SMEMBERS', root .. ':programs')
local served = {}
for _, program in ipairs(programs) do served[program] = true end

-- The first of each program come straight from its index; only they are sorted with the few that are held or lapsed.
local rows = {}
local function take(members)
  for _, member in ipairs(members) do rows[#rows + 1] = { member, id_in(member) } end
end

local function take_claimed(from, to)
  for _, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':queue:claimed', from, to)) do
    local lead = lead_named(root, id_in(member))
    if served[lead.program] then rows[#rows + 1] = { order_of(lead), lead.id } end
  end
end

if state == 'open' then take_claimed('-', '(' .. at .. '}') end
if state == 'claimed' then take_claimed('[' .. at .. '}', '+') end
for _, program in ipairs(programs) do
  if state == 'open' then take(redis.call('ZRANGE', root .. ':queue:open:' .. program, 0, offset + limit)) end
  if state == 'closed' then take(redis.call('ZREVRANGE', root .. ':queue:closed:' .. program, 0, offset + limit)) end
end
table.sort(rows, function(one, other)
  if state == 'closed' then return one[1] > other[1] end
  return one[1] < other[1]
end)

local page = {}
for index = offset + 1, math.min(#rows, offset + limit + 1) do
  page[#page + 1] = redis.call('HGET', root .. ':leads', rows[index][2])
end
return page
