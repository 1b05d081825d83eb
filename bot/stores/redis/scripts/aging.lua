-- A page of the conversations that still have words, program after program, oldest first.
-- flags: no-writes
-- KEYS 1 root
-- ARGV 1 where the page before ended ('' = the first): program|started|id, 2 at most
-- returns where this page ends ('' = nothing is left), then [id, touched at, state of its lead or '', closed at or '',
--   '1' when a legal hold keeps it]

local root, after, limit = KEYS[1], ARGV[1], tonumber(ARGV[2])
local programs = redis.call('SMEMBERS', root .. ':programs')
table.sort(programs)
local from_program, from = string.match(after, '^([^|]*)|(.*)$')

local function row_of(id)
  local key = root .. ':conversation:' .. id
  local erased, touched, started = unpack(redis.call('HMGET', key, 'erasedAt', 'touchedAt', 'startedAt'))
  if erased or not started then return nil end
  local state, closed = '', ''
  local lead = redis.call('HGET', root .. ':lead-of', id)
  local stored = lead and redis.call('HGET', root .. ':leads', lead)
  if stored then
    local record = cjson.decode(stored)
    state, closed = record.state, record.closedAt == cjson.null and '' or record.closedAt
  end
  local held = redis.call('HEXISTS', root .. ':reservations', 'hold/' .. id)
  return { id, touched or started, state, closed, tostring(held) }
end

local page, seen, last = { '' }, 0, ''
for _, program in ipairs(programs) do
  if seen < limit and (not from_program or program >= from_program) then
    local start = program == from_program and '(' .. from or '-'
    local members = redis.call('ZRANGEBYLEX', root .. ':begun:' .. program, start, '+', 'LIMIT', 0, limit - seen)
    for _, member in ipairs(members) do
      seen, last = seen + 1, program .. '|' .. member
      page[#page + 1] = row_of(string.match(member, '([^|]*)$'))
    end
  end
end
if seen >= limit then page[1] = last end
return page
