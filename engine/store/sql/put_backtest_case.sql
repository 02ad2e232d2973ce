-- Keeps an earlier forecast of authority :la by :model, with the columns of backtest_cases.sql.
INSERT INTO backtest_case (la, model, digest, origin, months, actual,
                           raw_p025, raw_p10, raw_p25, raw_p50, raw_p75, raw_p90, raw_p975,
                           last_p025, last_p10, last_p25, last_p50, last_p75, last_p90, last_p975)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
