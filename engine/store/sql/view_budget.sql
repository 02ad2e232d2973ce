-- View budget (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, year, line, placement, budget_pence, budget_fte, savings_pence
FROM budget JOIN authority USING (la)
WHERE :la IS NULL OR budget.la = :la
ORDER BY authority.name, year, line, placement, file, row
