-- What became of file :file: kind, year, rows_read, kept, repaired, refused, superseded, short_break.
SELECT kind, year, rows_read, kept, repaired, refused, superseded, short_break FROM file WHERE file = :file
