-- Published totals of all authorities of :measure in :year (0: every year): la, year, value.
SELECT la, year, value
FROM published JOIN authority USING (la)
WHERE measure = :measure AND breakdown = '' AND level = 'la' AND (:year = 0 OR year = :year)
ORDER BY la, year
