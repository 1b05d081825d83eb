-- Opens a conversation's lead, or raises the one that is open; a raise never lowers a place. A lead that staff had
-- closed begins anew: its own time, its own promise, nobody's hand on it. `asked` is a LeadOpening with its `rank`.

local function begin_lead(root, asked, about)
  local lead = {
    id = asked.id, conversation = about.conversation, program = about.program, acuity = asked.acuity,
    route = asked.route, label = asked.label, rank = asked.rank, openedAt = about.at, dueAt = asked.dueAt,
    risesAt = asked.dueAt, state = 'open', claimedBy = cjson.null, claimedUntil = cjson.null, fence = 0,
    closedAs = cjson.null, closedAt = cjson.null, firstClaimAt = cjson.null, op = '',
  }
  redis.call('HSET', root .. ':lead-of', about.conversation, lead.id)
  redis.call('ZADD', root .. ':queue:opened:' .. lead.program, 0, lead.openedAt .. '|' .. lead.id)
  settle(root, lead)
end

local function raise_lead(root, lead, asked)
  if asked.rank <= lead.rank then
    lead.acuity, lead.route, lead.dueAt, lead.rank = asked.acuity, asked.route, asked.dueAt, asked.rank
  elseif lead.dueAt == cjson.null then
    lead.dueAt = asked.dueAt
  end
  if asked.label ~= cjson.null then lead.label = asked.label end
end

local function open_lead(root, asked, about)
  local lead = lead_named(root, redis.call('HGET', root .. ':lead-of', about.conversation))
  if not lead then return begin_lead(root, asked, about) end
  lift(root, lead)
  if lead.state == 'closed' then
    local opened = root .. ':queue:opened:' .. lead.program
    redis.call('ZREM', opened, lead.openedAt .. '|' .. lead.id)
    redis.call('ZADD', opened, 0, about.at .. '|' .. lead.id)
    lead.acuity, lead.route, lead.label, lead.rank, lead.dueAt = asked.acuity, asked.route, asked.label, asked.rank, asked.dueAt
    lead.openedAt, lead.firstClaimAt, lead.closedAs, lead.closedAt = about.at, cjson.null, cjson.null, cjson.null
    set_free(lead)
  else
    raise_lead(root, lead, asked)
  end
  lead.risesAt = asked.dueAt
  settle(root, lead)
end
