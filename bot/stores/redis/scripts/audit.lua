-- Appends to the audit trail: a stream whose entries are numbered 1, 2, 3 … and carry the hash of the one before.
-- An entry comes as `fields` (the rest of the JSON array that is hashed, after the previous hash) and
-- `entry` (what is stored). The first claim of a lead is noted on the lead, for the figures.

local function append_audit(root, event)
  local trail, last = root .. ':audit', root .. ':audit:last'
  local seq, previous = unpack(redis.call('HMGET', last, 'seq', 'hash'))
  seq = tonumber(seq or 0) + 1
  local hash = sha256('["' .. (previous or '') .. '",' .. event.fields)
  redis.call('XADD', trail, seq .. '-0', 'entry', event.entry, 'hash', hash)
  redis.call('HSET', last, 'seq', seq, 'hash', hash)
  if event.claimed then
    local stored = redis.call('HGET', root .. ':leads', event.claimed)
    if stored then
      local lead = cjson.decode(stored)
      local first = lead.firstClaimAt
      if event.at >= lead.openedAt and (first == cjson.null or event.at < first) then
        lead.firstClaimAt = event.at
        redis.call('HSET', root .. ':leads', event.claimed, cjson.encode(lead))
      end
    end
  end
end

-- The entry of what staff did, before it is done: where the trail cannot be written nothing is changed, and the
-- operation counts as not yet sent. Sent twice it is one entry; none is given where nobody is to answer for it.
local function append_once(root, operation, entry)
  if not entry then return end
  local sent = root .. ':operation:' .. operation
  if redis.call('EXISTS', sent) == 1 then return end
  append_audit(root, cjson.decode(entry))
  redis.call('SET', sent, 1, 'PX', 60000)
end
