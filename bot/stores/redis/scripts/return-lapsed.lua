-- Gives back every lead whose lease has ended; each is told to one caller, as it was held.
-- uses: leads
-- KEYS 1 root
-- ARGV 1 at
-- returns the leads as they were held

local root, told = KEYS[1], {}
for _, member in ipairs(redis.call('ZRANGEBYLEX', root .. ':queue:claimed', '-', '(' .. ARGV[1] .. '}')) do
  local lead = lead_named(root, id_in(member))
  told[#told + 1] = cjson.encode(lead)
  lift(root, lead)
  set_free(lead)
  settle(root, lead)
end
return told
