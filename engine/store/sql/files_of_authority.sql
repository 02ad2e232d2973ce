-- The files of the returns of authority :la: file, year, kind, name; by year, then table name.
SELECT file, year, kind, name FROM file WHERE la = :la AND year IS NOT NULL ORDER BY year, kind, file
