-- Undoes a close: the lead waits again, as it was but for its note.
-- uses: leads
-- KEYS 1 root
-- ARGV 1 lead
-- returns the lead, or nil when there is none that is closed

local root = KEYS[1]
local lead = lead_named(root, ARGV[1])
if not lead or lead.state ~= 'closed' then return nil end
lift(root, lead)
set_free(lead)
lead.closedAs, lead.closedAt, lead.risesAt = cjson.null, cjson.null, lead.dueAt
redis.call('HDEL', root .. ':notes', lead.id)
return settle(root, lead)
