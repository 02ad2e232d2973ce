-- From version 3 to 4: budgets, ledgers, measures, finance reports and what was published. The tables are those of schema.sql.
CREATE TABLE budget ( -- an authority's budget: a line of a financial year, for one placement group, several, or none
    la INTEGER NOT NULL REFERENCES authority (la),
    file INTEGER NOT NULL REFERENCES file (file),
    row INTEGER NOT NULL,                  -- line of the file
    year TEXT NOT NULL,                    -- financial year, '2026-27'
    line TEXT NOT NULL,
    placement TEXT NOT NULL,               -- groups joined by '+'; '' money that no placement explains
    budget_pence INTEGER NOT NULL,
    budget_fte REAL,                       -- placements bought on average; NULL: not said
    savings_pence INTEGER NOT NULL,        -- planned, already taken off the budget
    PRIMARY KEY (la, file, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger ( -- what an authority spent: one posting, or the sum of a line's month
    la INTEGER NOT NULL REFERENCES authority (la),
    file INTEGER NOT NULL REFERENCES file (file),
    row INTEGER NOT NULL,                  -- line of the file
    date INTEGER NOT NULL,
    line TEXT NOT NULL,
    placement TEXT NOT NULL,               -- as in budget; '' not said
    actual_pence INTEGER NOT NULL,         -- negative: a reversal or a credit
    PRIMARY KEY (la, file, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure ( -- what only the council counts, by period
    la INTEGER NOT NULL REFERENCES authority (la),
    file INTEGER NOT NULL REFERENCES file (file),
    row INTEGER NOT NULL,                  -- line of the file
    measure TEXT NOT NULL,
    locality TEXT NOT NULL,                -- '' the whole authority
    period_start INTEGER NOT NULL, period_end INTEGER NOT NULL, -- first and last day
    numerator REAL, denominator REAL, value REAL, target REAL,
    polarity TEXT NOT NULL CHECK (polarity IN ('up', 'down', 'none')),
    question TEXT NOT NULL CHECK (question IN ('', 'how_much', 'how_well', 'better_off')),
    PRIMARY KEY (la, file, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE finance_run ( -- a finance report that was made, for what has moved since: one a year, scenario and data date
    run INTEGER PRIMARY KEY,
    la INTEGER NOT NULL REFERENCES authority (la),
    year TEXT NOT NULL,                    -- financial year, '2026-27'
    scenario TEXT NOT NULL,
    data_date INTEGER NOT NULL,            -- last day that the report knew of
    model TEXT NOT NULL, version TEXT NOT NULL, seed INTEGER NOT NULL, runs INTEGER NOT NULL,
    UNIQUE (la, year, scenario, data_date)
) STRICT;

CREATE TABLE finance_run_line (
    run INTEGER NOT NULL REFERENCES finance_run (run),
    position INTEGER NOT NULL,             -- from 1, in the order of the report
    line TEXT NOT NULL, placement TEXT NOT NULL,
    budget_pence INTEGER NOT NULL, actual_pence INTEGER NOT NULL, committed_pence INTEGER NOT NULL,
    outturn_pence INTEGER NOT NULL, low_pence INTEGER NOT NULL, high_pence INTEGER NOT NULL, -- mean, p10, p90
    nights INTEGER NOT NULL,               -- of the year, actual and forecast
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE published_cell ( -- what earlier publications showed, and what they hid
    la INTEGER NOT NULL REFERENCES authority (la),
    measure TEXT NOT NULL, group_name TEXT NOT NULL, locality TEXT NOT NULL,
    date INTEGER NOT NULL,
    shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
    value REAL,                            -- as shown; NULL when hidden
    PRIMARY KEY (la, measure, group_name, locality, date)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
