-- Rows that refer to something that is not there: table, row, the table referred to, which reference.
PRAGMA foreign_key_check
