-- The rows of placed_adoption of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, date_placed, date_placed_ceased, reason_placed_ceased
FROM placed_adoption
WHERE la = :la
ORDER BY child, file, line
