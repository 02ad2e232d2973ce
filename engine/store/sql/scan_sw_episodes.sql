-- The rows of sw_episodes of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, sw_id, sw_decom, sw_dec, sw_reason
FROM sw_episodes
WHERE la = :la
ORDER BY child, file, line
