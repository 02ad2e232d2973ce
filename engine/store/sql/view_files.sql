-- View files (store/view.def) of authority :la and of none, NULL all of them.
SELECT authority.name, file.name, kind, year, sha256, rows_read, kept, repaired, refused, superseded, short_break
FROM file LEFT JOIN authority ON authority.la = file.la
WHERE :la IS NULL OR file.la IS NULL OR file.la = :la
ORDER BY file.la IS NULL, authority.name, year, file.name, kind, sha256
