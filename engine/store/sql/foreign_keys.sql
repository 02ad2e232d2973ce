-- 1 when foreign keys are checked.
PRAGMA foreign_keys
