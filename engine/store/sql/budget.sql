-- The budget of authority :la in the order of its files: file, row, year, line, placement, budget_pence, budget_fte,
-- savings_pence.
SELECT file, row, year, line, placement, budget_pence, budget_fte, savings_pence
FROM budget
WHERE la = :la
ORDER BY file, row
