-- The rows of reviews of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, review, review_code
FROM reviews
WHERE la = :la
ORDER BY child, file, line
