-- Erases a conversation: its key, state, activities, questions, consents and closing note; codes and times stay. Every machine hears of it.
-- What goes with it goes in the same change: reservations that it holds, effects, events of the trail.
-- flags: allow-oom
-- uses: sha256, audit, place
-- KEYS 1 root
-- ARGV 1 id, 2 at, 3 operation, 4 JSON of givenBack, effects and audit ('' = none of them)
-- returns 1 erased, 0 there was none or it was erased before, 2 a legal hold keeps it

local root, id = KEYS[1], ARGV[1]
local key = root .. ':conversation:' .. id
local program, erased, operation = unpack(redis.call('HMGET', key, 'program', 'erasedAt', 'op'))
if not program then return 0 end
if erased then return operation == ARGV[3] and 1 or 0 end
if redis.call('HEXISTS', root .. ':reservations', 'hold/' .. id) == 1 then return 2 end
redis.call('HSET', key, 'erasedAt', ARGV[2], 'op', ARGV[3], 'user', '')
redis.call('HDEL', key, 'wrappedKey', 'state')
for _, member in ipairs(redis.call('HKEYS', root .. ':questions:' .. id)) do
  redis.call('ZREM', root .. ':asked:' .. program, member)
end
redis.call('DEL', root .. ':turns:' .. id, root .. ':clients:' .. id, root .. ':questions:' .. id, root .. ':consents:' .. id,
  root .. ':documents:' .. id, root .. ':document-bodies:' .. id)
redis.call('PUBLISH', root .. ':erased', id)
local lead = redis.call('HGET', root .. ':lead-of', id)
if lead then redis.call('HDEL', root .. ':notes', lead) end
if ARGV[4] == '' then return 1 end

local along = cjson.decode(ARGV[4])
for _, name in ipairs(along.givenBack) do
  local reservations = place(root, name)
  local held = redis.call('HGET', reservations, name)
  if held and string.match(held, '^[^|]*|(.*)$') == id then redis.call('HDEL', reservations, name) end
end
for _, effect in ipairs(along.effects) do
  if redis.call('HSETNX', root .. ':effects', effect.id, effect.text) == 1 then
    redis.call('ZADD', root .. ':effects:due', 0, effect.dueAt .. '|' .. effect.id)
  end
end
for _, event in ipairs(along.audit) do append_audit(root, event) end
return 1
