-- The rows of oc3 of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, in_touch, activ, accom
FROM oc3
WHERE la = :la
ORDER BY child, file, line
