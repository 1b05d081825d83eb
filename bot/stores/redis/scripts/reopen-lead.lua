-- Undoes a close: the lead waits again, as it was but for its note.
-- uses: sha256, audit, leads
-- KEYS 1 root
-- ARGV 1 lead, 2 operation, 3 JSON of its entry of the trail, or neither
-- returns the lead, or nil when there is none that is closed

local root = KEYS[1]
local lead = lead_named(root, ARGV[1])
if not lead or lead.state ~= 'closed' then return nil end
append_once(root, ARGV[2], ARGV[3])
lift(root, lead)
set_free(lead)
lead.closedAs, lead.closedAt, lead.risesAt = cjson.null, cjson.null, lead.dueAt
redis.call('HDEL', root .. ':notes', lead.id)
return settle(root, lead)
