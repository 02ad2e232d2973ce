-- Forgets the lines of the report of authority :la, :year, :scenario, :data_date: it is made again.
DELETE FROM finance_run_line
WHERE run IN (SELECT run FROM finance_run
              WHERE la = :la AND year = :year AND scenario = :scenario AND data_date = :data_date)
