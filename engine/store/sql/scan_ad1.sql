-- The rows of ad1 of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, date_int, date_match, foster_care, nb_adoptr, sex_adoptr,
       ls_adoptr
FROM ad1
WHERE la = :la
ORDER BY child, file, line
