-- The lines of finance report :run in their order: line, placement, budget_pence, actual_pence, committed_pence,
-- outturn_pence, low_pence, high_pence, nights.
SELECT line, placement, budget_pence, actual_pence, committed_pence, outturn_pence, low_pence, high_pence, nights
FROM finance_run_line
WHERE run = :run
ORDER BY position
