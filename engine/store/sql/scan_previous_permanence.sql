-- The rows of previous_permanence of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, prev_perm, la_perm, date_perm
FROM previous_permanence
WHERE la = :la
ORDER BY child, file, line
