-- The schema, made in one transaction with the version that it has.
--
-- Rows of returns and plans are stored as read, one table for each table of the return; what the rules make of them is
-- worked out whenever it is needed, so that returns may come in any order. The key lets an authority be read
-- child by child without sorting. Dates are days since 1970-01-01, money is pence; a date or number that
-- could not be read stays as the text that was filed (columns of type ANY). Foreign keys to authority and file
-- are kept by the import alone on the large tables: the engine's own check would cost an eighth of an import.

CREATE TABLE authority (
    la INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    match_name TEXT NOT NULL,              -- lower case, "and" for "&", letters and digits only
    code TEXT NOT NULL DEFAULT '',         -- ONS code
    old_code TEXT NOT NULL DEFAULT '',     -- three digits
    level TEXT NOT NULL DEFAULT 'la' CHECK (level IN ('la', 'region', 'national')),
    pseudonymised INTEGER NOT NULL DEFAULT 0 CHECK (pseudonymised IN (0, 1))
) STRICT;

CREATE INDEX authority_code ON authority (code);
CREATE INDEX authority_old_code ON authority (old_code);
CREATE INDEX authority_match_name ON authority (match_name);

CREATE TABLE file (
    file INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                    -- as the user wrote it
    kind TEXT NOT NULL,                    -- table of a return, kind of another file, '' when not recognised
    sha256 TEXT NOT NULL,
    la INTEGER REFERENCES authority (la),  -- of a return, budget, ledger or measures; NULL for others
    year INTEGER,                          -- return year, named by its end; NULL for others
    rows_read INTEGER NOT NULL DEFAULT 0,
    refused_on_reading INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,       -- kept + repaired + refused = rows_read
    repaired INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    superseded INTEGER NOT NULL DEFAULT 0, -- of kept and repaired: a later return's row stands instead
    short_break INTEGER NOT NULL DEFAULT 0 -- of kept and repaired: V3 or V4
) STRICT;
CREATE UNIQUE INDEX file_of_return ON file (la, year, kind) WHERE la IS NOT NULL AND year IS NOT NULL;

-- In tables without rowid the columns of the key come first, in its order: SQLite 3.40's quick_check reads others wrongly.
CREATE TABLE replaced ( -- files that a corrected one took the place of
    la INTEGER NOT NULL REFERENCES authority (la),
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (la, year, kind, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE link ( -- identifiers that changed, joined on request
    la INTEGER NOT NULL REFERENCES authority (la),
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (la, old)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    finding INTEGER PRIMARY KEY,
    la INTEGER,                            -- NULL when about no authority
    stage INTEGER NOT NULL,                -- 0 found while reading, 1 settling one authority, 2 comparing several,
                                           -- 3 checking plans
    rule TEXT NOT NULL,                    -- "E-19"
    severity INTEGER NOT NULL,             -- 0 error, 1 warning, 2 info
    outcome INTEGER NOT NULL,              -- of the row by this rule: 0 kept, 1 repaired, 2 refused
    rows INTEGER NOT NULL,                 -- how many rows it speaks for
    file INTEGER NOT NULL,                 -- 0 when about no file
    table_name TEXT NOT NULL,
    line INTEGER NOT NULL,                 -- 0 when about no line
    child TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    message TEXT NOT NULL,                 -- '' for the words of the rule
    repair TEXT NOT NULL
) STRICT;

CREATE TABLE published (
    la INTEGER NOT NULL REFERENCES authority (la),
    measure TEXT NOT NULL,
    breakdown TEXT NOT NULL,               -- "Age group"; '' for the total
    characteristic TEXT NOT NULL,          -- "1 to 4 years"; '' for the total
    year INTEGER NOT NULL,                 -- ending 31 March
    value REAL,                            -- NULL: suppressed or not published
    symbol TEXT NOT NULL,                  -- why there is no value: "c", "x", ..
    file INTEGER NOT NULL REFERENCES file (file),
    PRIMARY KEY (measure, la, breakdown, characteristic, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE neighbour (
    la INTEGER NOT NULL REFERENCES authority (la),
    rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 10),
    other_code TEXT NOT NULL,              -- old code of the neighbour
    closeness TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file (file),
    PRIMARY KEY (la, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
    placement TEXT NOT NULL,
    provider TEXT NOT NULL,                -- '' any
    from_day INTEGER NOT NULL,
    line INTEGER NOT NULL,
    weekly_pence INTEGER NOT NULL,
    annual_uplift_pct REAL NOT NULL,
    source TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file (file),
    PRIMARY KEY (placement, provider, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE locality (
    postcode TEXT NOT NULL PRIMARY KEY,    -- a beginning of HOME_POST, upper case, no blanks
    locality TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file (file)
) STRICT, WITHOUT ROWID;

CREATE TABLE header ( -- one row a child
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    sex TEXT, dob ANY, ethnic TEXT, upn TEXT, mother ANY, mc_dob ANY,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE episodes ( -- one row an episode
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    decom ANY, rne TEXT, ls TEXT, cin TEXT, place TEXT, place_provider TEXT, dec ANY, rec TEXT,
    reason_place_change TEXT, home_post TEXT, pl_post TEXT, urn TEXT, pl_la TEXT, pl_location TEXT,
    pl_distance TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE uasc ( -- one row a child who is or was an unaccompanied asylum seeker in the year
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    sex TEXT, dob ANY, duc ANY,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews ( -- one row a review
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, review ANY, review_code TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE oc2 ( -- one row a child looked after for 12 months
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, sdq_score ANY, sdq_reason TEXT, convicted ANY, health_check ANY, immunisations ANY,
    teeth_check ANY, health_assessment ANY, substance_misuse ANY, intervention_received ANY,
    intervention_offered ANY,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE oc3 ( -- one row a care leaver
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, in_touch TEXT, activ TEXT, accom TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE ad1 ( -- one row an adopted child
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, date_int ANY, date_match ANY, foster_care ANY, nb_adoptr TEXT, sex_adoptr TEXT,
    ls_adoptr TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE placed_adoption ( -- one row a decision
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, date_placed ANY, date_placed_ceased ANY, reason_placed_ceased TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE previous_permanence ( -- one row a child
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, prev_perm TEXT, la_perm TEXT, date_perm TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE missing ( -- one row an absence
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, missing TEXT, mis_start ANY, mis_end ANY,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE sw_episodes ( -- one row a social-worker spell
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, sw_id TEXT, sw_decom ANY, sw_dec ANY, sw_reason TEXT,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE dolo ( -- one row a deprivation-of-liberty order
    la INTEGER NOT NULL, child TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dob ANY, dolo_start ANY, dolo_end ANY,
    PRIMARY KEY (la, child, file, line)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE plan ( -- an action plan, known by its name
    plan INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    la INTEGER REFERENCES authority (la)   -- whose it is; NULL when nobody said
) STRICT;

CREATE TABLE plan_version ( -- a plan as one file had it; the newest is that of the latest date, then the last imported
    version INTEGER PRIMARY KEY,           -- in order of import
    plan INTEGER NOT NULL REFERENCES plan (plan),
    file INTEGER NOT NULL REFERENCES file (file),
    sha256 TEXT NOT NULL,                  -- of the texts of its rows
    plan_date INTEGER,                     -- the day that relative dues count from; NULL: unknown
    dated TEXT NOT NULL CHECK (dated IN ('asked', 'column', 'inferred', 'unknown')), -- where the date comes from
    UNIQUE (plan, sha256)
) STRICT;

CREATE TABLE plan_row ( -- a row as filed: an action with a milestone
    version INTEGER NOT NULL REFERENCES plan_version (version),
    position INTEGER NOT NULL,             -- from 1, in the order of the file
    line INTEGER NOT NULL,
    ref TEXT NOT NULL,                     -- of its action, given or made
    ref_made INTEGER NOT NULL CHECK (ref_made IN (0, 1)),
    priority_ref TEXT NOT NULL, priority TEXT NOT NULL, action_ref TEXT NOT NULL, action TEXT NOT NULL,
    milestone TEXT NOT NULL, due TEXT NOT NULL, revised_due TEXT NOT NULL, status TEXT NOT NULL,
    progress TEXT NOT NULL, lead_role TEXT NOT NULL, resources TEXT NOT NULL, budget TEXT NOT NULL,
    outcome TEXT NOT NULL, indicator TEXT NOT NULL, target TEXT NOT NULL,
    PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_effect ( -- expected effects of a plan's actions, as filed
    plan INTEGER NOT NULL REFERENCES plan (plan),
    file INTEGER NOT NULL REFERENCES file (file),
    line INTEGER NOT NULL,
    repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)), -- on reading
    action_ref TEXT NOT NULL, lever TEXT NOT NULL, applies_to TEXT NOT NULL, low TEXT NOT NULL,
    likely TEXT NOT NULL, high TEXT NOT NULL, unit TEXT NOT NULL, start_milestone TEXT NOT NULL,
    ramp_months TEXT NOT NULL, rationale TEXT NOT NULL, replaces TEXT NOT NULL,
    PRIMARY KEY (plan, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_target ( -- targets of a plan, as filed
    plan INTEGER NOT NULL REFERENCES plan (plan),
    file INTEGER NOT NULL REFERENCES file (file),
    line INTEGER NOT NULL,
    repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)), -- on reading
    action_ref TEXT NOT NULL, quantity TEXT NOT NULL, baseline TEXT NOT NULL, change TEXT NOT NULL,
    value TEXT NOT NULL, unit TEXT NOT NULL, by_day TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (plan, file, line)
) STRICT, WITHOUT ROWID;

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

PRAGMA application_id = 1414877774;
PRAGMA user_version = 4;
