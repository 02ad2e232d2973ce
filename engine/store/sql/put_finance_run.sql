-- A finance report: :la, :year, :scenario, :data_date, :model, :version, :seed, :runs.
INSERT INTO finance_run (la, year, scenario, data_date, model, version, seed, runs)
VALUES (:la, :year, :scenario, :data_date, :model, :version, :seed, :runs)
