-- Commits one turn: state, activities, lead, effects, questions, consents and audit events stand together or not at all.
-- Everything is checked before the first write, because Redis takes nothing back.
-- uses: sha256, audit, leads, open-lead
-- KEYS 1 root
-- ARGV 1 id, 2 expected version, 3 operation, 4 at, 5 sealed state ('' = the turn says what it changed), 6 first and 7 last sequence number ('' = no
--      activities), 8 sealed activities, 9 client key ('' = none), 10 machine, 11 JSON of lead, effects, audit,
--      referrals, questions and consents ('' = none of them), 12 … the sealed questions, then the sealed consents
-- returns 'committed' or 'conflict'; the same operation sent twice is committed once
-- publishes turn:ID  machine:first:last:sealed activities

local root, id = KEYS[1], ARGV[1]
local key, clients = root .. ':conversation:' .. id, root .. ':clients:' .. id
local version, operation, last, erased, program =
  unpack(redis.call('HMGET', key, 'version', 'op', 'lastSeq', 'erasedAt', 'program'))
if not version or erased then return 'conflict' end
if operation == ARGV[3] then return 'committed' end
if version ~= ARGV[2] then return 'conflict' end
if ARGV[9] ~= '' and redis.call('HEXISTS', clients, ARGV[9]) == 1 then
  return redis.error_reply('TAKEN a turn has this client key')
end
if ARGV[7] ~= '' and tonumber(ARGV[7]) <= tonumber(last) then
  return redis.error_reply('ORDER activities are numbered upwards')
end

redis.call('HSET', key, 'version', tonumber(version) + 1, 'touchedAt', ARGV[4], 'op', ARGV[3])
if ARGV[5] == '' then
  redis.call('HSETNX', key, 'stateSeq', last)
else
  redis.call('HSET', key, 'state', ARGV[5])
  redis.call('HDEL', key, 'stateSeq')
end
if ARGV[7] ~= '' then
  redis.call('HSET', key, 'lastSeq', ARGV[7])
  redis.call('XADD', root .. ':turns:' .. id, ARGV[7] .. '-0', 'first', ARGV[6], 'body', ARGV[8])
  if ARGV[9] ~= '' then redis.call('HSET', clients, ARGV[9], ARGV[7]) end
  redis.call('PUBLISH', root .. ':turn:' .. id, ARGV[10] .. ':' .. ARGV[6] .. ':' .. ARGV[7] .. ':' .. ARGV[8])
end
if ARGV[11] == '' then return 'committed' end

local more = cjson.decode(ARGV[11])
if more.lead then open_lead(root, more.lead, { conversation = id, program = program, at = ARGV[4] }) end
for _, effect in ipairs(more.effects) do
  if redis.call('HSETNX', root .. ':effects', effect.id, effect.text) == 1 then
    redis.call('ZADD', root .. ':effects:due', 0, effect.dueAt .. '|' .. effect.id)
  end
end
local sealed = 12
for _, question in ipairs(more.questions) do
  local member = ARGV[4] .. '|' .. id .. '|' .. question
  redis.call('HSET', root .. ':questions:' .. id, member, ARGV[sealed])
  redis.call('ZADD', root .. ':asked:' .. program, 0, member)
  sealed = sealed + 1
end
for _, consent in ipairs(more.consents) do
  redis.call('HSET', root .. ':consents:' .. id, consent, ARGV[sealed])
  sealed = sealed + 1
end
for _, event in ipairs(more.audit) do append_audit(root, event) end
for _, one in ipairs(more.referrals) do
  redis.call('HINCRBY', root .. ':referrals', one.month .. '|' .. program .. '|' .. one.what, 1)
end
return 'committed'
