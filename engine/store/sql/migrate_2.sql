-- From version 1 to 2: earlier forecasts are kept. The table is the one of schema.sql.
CREATE TABLE backtest_case ( -- an earlier forecast of total stock and its outcome: what intervals are learned from
    la INTEGER NOT NULL REFERENCES authority (la),
    model TEXT NOT NULL,
    origin INTEGER NOT NULL,               -- last day known to the forecast
    months INTEGER NOT NULL CHECK (months > 0), -- from the origin to the outcome
    digest TEXT NOT NULL,                  -- of what it was made from: store/backtest_cases.h
    actual REAL NOT NULL,
    raw_p025 REAL NOT NULL, raw_p10 REAL NOT NULL, raw_p25 REAL NOT NULL, raw_p50 REAL NOT NULL,
    raw_p75 REAL NOT NULL, raw_p90 REAL NOT NULL, raw_p975 REAL NOT NULL, -- of the model
    last_p025 REAL NOT NULL, last_p10 REAL NOT NULL, last_p25 REAL NOT NULL, last_p50 REAL NOT NULL,
    last_p75 REAL NOT NULL, last_p90 REAL NOT NULL, last_p975 REAL NOT NULL, -- of the last value
    PRIMARY KEY (la, model, origin, months)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
