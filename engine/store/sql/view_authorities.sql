-- View authorities (store/view.def) of authority :la, NULL all of them.
SELECT name, code, old_code, level, pseudonymised
FROM authority
WHERE :la IS NULL OR la = :la
ORDER BY name, la
