-- Forgets the report of authority :la, :year, :scenario, :data_date, whose lines are forgotten.
DELETE FROM finance_run WHERE la = :la AND year = :year AND scenario = :scenario AND data_date = :data_date
