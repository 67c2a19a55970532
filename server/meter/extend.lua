-- Raises an open reservation to what its request came to, when that is more than was kept for it.
--   KEYS[1] hash meter:{licence}:month   (reserve.lua)
--   ARGV    id, units in all, quota
-- Answers {"OK"} · {"QUOTA", used, limit}: what others hold and have used leaves less than that
--   {"GONE"}: the reservation is not there (its time is over, or Redis was emptied): PostgreSQL has the last word
local id, units = ARGV[1], tonumber(ARGV[2])
local count = function(field) return tonumber(redis.call("HGET", KEYS[1], field) or "0") end
local kept, caller = string.match(redis.call("HGET", KEYS[1], "r:" .. id) or "", "^(%d+) (.*)$")
if not kept then return { "GONE" } end
local more = units - kept
if more <= 0 then return { "OK" } end
local used, limit = count("used"), tonumber(ARGV[3]) + count("carried")
if used + count("held") + more > limit then return { "QUOTA", used, limit } end
redis.call("HSET", KEYS[1], "r:" .. id, string.format("%d %s", units, caller))
redis.call("HINCRBY", KEYS[1], "held", more)
redis.call("HINCRBY", KEYS[1], "c:" .. caller, more)
return { "OK" }
