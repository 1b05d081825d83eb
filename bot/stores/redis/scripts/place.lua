-- Where a reservation stands: of the many who can be reached, each way has a hash of its own, which goes by itself.

local function place(root, key)
  local group = string.match(key, '^(contact/.*)/')
  return group and root .. ':reservations:' .. group or root .. ':reservations', group ~= nil
end
