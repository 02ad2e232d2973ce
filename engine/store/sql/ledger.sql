-- The ledger of authority :la by day: file, row, date, line, placement, actual_pence.
SELECT file, row, date, line, placement, actual_pence
FROM ledger
WHERE la = :la
ORDER BY date, file, row
