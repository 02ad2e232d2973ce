-- View finance_runs (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, year, scenario, data_date, line, placement, budget_pence, actual_pence, committed_pence,
       outturn_pence, low_pence, high_pence, nights
FROM finance_run_line JOIN finance_run USING (run) JOIN authority USING (la)
WHERE :la IS NULL OR finance_run.la = :la
ORDER BY authority.name, year, scenario, data_date, position
