-- The rows of episodes of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, decom, rne, ls, cin, place, place_provider, dec, rec,
       reason_place_change, home_post, pl_post, urn, pl_la, pl_location, pl_distance
FROM episodes
WHERE la = :la
ORDER BY child, file, line
