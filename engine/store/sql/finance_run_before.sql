-- The last finance report of authority :la for the year :year and scenario :scenario that knew less than :data_date: run,
-- data_date, model, version, seed, runs.
SELECT run, data_date, model, version, seed, runs
FROM finance_run
WHERE la = :la AND year = :year AND scenario = :scenario AND data_date < :data_date
ORDER BY data_date DESC
LIMIT 1
