-- The files of the returns of authority :la: file, year, kind, pseudonymised; by year, then table name.
SELECT file, year, kind, pseudonymised
FROM file JOIN authority USING (la)
WHERE la = :la AND year IS NOT NULL
ORDER BY year, kind, file
