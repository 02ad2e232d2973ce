-- From version 2 to 3: plans, their effects and their targets. The tables are those of schema.sql.
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

PRAGMA user_version = 3;
