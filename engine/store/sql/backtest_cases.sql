-- Earlier forecasts of authority :la by :model, by origin and horizon: digest, origin, months, actual, then seven
-- quantiles of the model and seven of the last value.
SELECT digest, origin, months, actual,
       raw_p025, raw_p10, raw_p25, raw_p50, raw_p75, raw_p90, raw_p975,
       last_p025, last_p10, last_p25, last_p50, last_p75, last_p90, last_p975
FROM backtest_case
WHERE la = :la AND model = :model
ORDER BY origin, months
