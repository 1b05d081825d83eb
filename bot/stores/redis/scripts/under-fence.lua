-- What the holder of a lead may do with it: renew, release, transfer, call-again or close. The fence is checked before anything else; a
-- lapsed lease is lost even while nobody else has claimed.
-- uses: sha256, audit, leads
-- KEYS 1 root
-- ARGV 1 lead, 2 fence, 3 at, 4 operation, 5 the deed, 6 until, due or disposition, 7 sealed note, to whom or its place ('' = none), 8 operation, 9 JSON of its entry of the trail, or neither
-- returns nil for none, 'lease-lost', or the lead; the same operation sent twice is done once

local root = KEYS[1]
local lead = lead_named(root, ARGV[1])
if not lead then return nil end
if lead.op == ARGV[4] then return { cjson.encode(lead) } end
if lead.fence ~= tonumber(ARGV[2]) or lead.state ~= 'claimed' or is_lapsed(lead, ARGV[3]) then return 'lease-lost' end
append_once(root, ARGV[8], ARGV[9])
lift(root, lead)
lead.op = ARGV[4]
if ARGV[5] == 'renew' then lead.claimedUntil = ARGV[6] end
if ARGV[5] == 'release' then set_free(lead) end
if ARGV[5] == 'transfer' then lead.claimedUntil, lead.claimedBy, lead.fence = ARGV[6], ARGV[7], lead.fence + 1 end
if ARGV[5] == 'call-again' then
  set_free(lead)
  lead.dueAt, lead.risesAt, lead.rank = ARGV[6], ARGV[6], tonumber(ARGV[7])
end
if ARGV[5] == 'close' then
  lead.state, lead.claimedUntil, lead.closedAs, lead.closedAt = 'closed', cjson.null, ARGV[6], ARGV[3]
  if ARGV[7] == '' then redis.call('HDEL', root .. ':notes', lead.id)
  else redis.call('HSET', root .. ':notes', lead.id, ARGV[7]) end
end
return { settle(root, lead) }
