-- File :file cannot be used: none of its :rows_read rows is, and it belongs to no return.
UPDATE file
SET la = NULL, year = NULL, rows_read = :rows_read, refused_on_reading = :rows_read, refused = :rows_read,
    kept = 0, repaired = 0
WHERE file = :file
