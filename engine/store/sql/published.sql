-- Published totals of :measure in :year (0: every year): la, year, value.
SELECT la, year, value
FROM published
WHERE measure = :measure AND characteristic = '' AND (:year = 0 OR year = :year)
ORDER BY la, year
