-- The rows of header of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, sex, dob, ethnic, upn, mother, mc_dob
FROM header
WHERE la = :la
ORDER BY child, file, line
