-- Claims a lead: of any number at once one wins; the fence grows with every claim. Its entry of the trail comes with it.
-- uses: sha256, audit, leads
-- KEYS 1 root
-- ARGV 1 lead, 2 by whom, 3 at, 4 until, 5 operation, 6 the fence that its entry names, 7 JSON of the entry; both or neither
-- returns nil for none, 'closed', 'moved' when it would have another fence, ['held', by, until] or ['claimed', lead]; the same operation sent twice is one claim

local root = KEYS[1]
local lead = lead_named(root, ARGV[1])
if not lead then return nil end
if lead.state == 'closed' then return 'closed' end
if lead.op == ARGV[5] then return { 'claimed', cjson.encode(lead) } end
if lead.state == 'claimed' and not is_lapsed(lead, ARGV[3]) then return { 'held', lead.claimedBy, lead.claimedUntil } end
if ARGV[6] and lead.fence + 1 ~= tonumber(ARGV[6]) then return 'moved' end
lift(root, lead)
lead.state, lead.claimedBy, lead.claimedUntil, lead.fence, lead.op = 'claimed', ARGV[2], ARGV[4], lead.fence + 1, ARGV[5]
local claimed = settle(root, lead)
if ARGV[7] then append_audit(root, cjson.decode(ARGV[7])) end
return { 'claimed', claimed }
