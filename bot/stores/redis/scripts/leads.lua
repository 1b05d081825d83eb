-- A lead is one JSON record in the hash `leads`; these sorted sets hold its place, each by the text of its members:
--   queue:open:PROGRAM    place|promise|opened|id   who waits, in the order of the queue
--   queue:claimed         until|id                  leases, by their end
--   queue:closed:PROGRAM  closed|id                 what is done, by its time
-- `queue:rising` (moment|id) and `queue:opened:PROGRAM` (opened|id) stand beside them. Times are UTC text, which sorts as it runs.

local function order_of(lead)
  local due = lead.dueAt == cjson.null and '9' or lead.dueAt
  return string.format('%d|%s|%s|%s', lead.rank, due, lead.openedAt, lead.id)
end

local function place_of(root, lead)
  if lead.state == 'open' then return root .. ':queue:open:' .. lead.program, order_of(lead) end
  if lead.state == 'claimed' then return root .. ':queue:claimed', lead.claimedUntil .. '|' .. lead.id end
  return root .. ':queue:closed:' .. lead.program, lead.closedAt .. '|' .. lead.id
end

local function lead_named(root, id)
  local stored = id and redis.call('HGET', root .. ':leads', id)
  return stored and cjson.decode(stored) or nil
end

-- Takes a lead out of its places, before it is changed.
local function lift(root, lead)
  local key, member = place_of(root, lead)
  redis.call('ZREM', key, member)
  if lead.risesAt ~= cjson.null then redis.call('ZREM', root .. ':queue:rising', lead.risesAt .. '|' .. lead.id) end
end

-- Stores a lead and gives it its places; returns the stored text.
local function settle(root, lead)
  local key, member = place_of(root, lead)
  redis.call('ZADD', key, 0, member)
  if lead.risesAt ~= cjson.null then redis.call('ZADD', root .. ':queue:rising', 0, lead.risesAt .. '|' .. lead.id) end
  local text = cjson.encode(lead)
  redis.call('HSET', root .. ':leads', lead.id, text)
  return text
end

local function is_lapsed(lead, at)
  return lead.state == 'claimed' and lead.claimedUntil ~= cjson.null and lead.claimedUntil <= at
end

local function set_free(lead)
  lead.state, lead.claimedBy, lead.claimedUntil = 'open', cjson.null, cjson.null
end

local function id_in(member)
  return string.match(member, '([^|]*)$')
end
