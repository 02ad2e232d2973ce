-- View backtest_cases (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, model, origin, months, actual, raw_p10, raw_p50, raw_p90, last_p10, last_p50, last_p90
FROM backtest_case JOIN authority USING (la)
WHERE :la IS NULL OR la = :la
ORDER BY authority.name, model, origin, months
