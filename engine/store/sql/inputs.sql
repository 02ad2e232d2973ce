-- Every stored file: file, name, kind, year, sha256, rows_read, kept, repaired, refused, superseded,
-- short_break.
SELECT file, name, kind, year, sha256, rows_read, kept, repaired, refused, superseded, short_break
FROM file
ORDER BY la IS NULL, la, year, name, kind, sha256
