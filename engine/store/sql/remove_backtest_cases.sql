-- Forgets the earlier forecasts of authority :la by :model.
DELETE FROM backtest_case WHERE la = :la AND model = :model
