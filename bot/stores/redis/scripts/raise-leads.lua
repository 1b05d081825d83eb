-- Gives leads the place that their time brings (`bot/lead-order.ts` says which); one that changed meanwhile is left alone,
-- so of several callers one raises it.
-- uses: leads
-- KEYS 1 root
-- ARGV in fours: lead, the stored text that was read, its new place, when it next rises ('' = never)
-- returns the leads that were raised

local root, raised = KEYS[1], {}
for index = 1, #ARGV, 4 do
  if redis.call('HGET', root .. ':leads', ARGV[index]) == ARGV[index + 1] then
    local lead = cjson.decode(ARGV[index + 1])
    lift(root, lead)
    lead.rank = tonumber(ARGV[index + 2])
    lead.risesAt = ARGV[index + 3] == '' and cjson.null or ARGV[index + 3]
    raised[#raised + 1] = settle(root, lead)
  end
end
return raised
