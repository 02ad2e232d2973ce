-- Findings of authority :la (NULL: all), worst first, then in the order of the files: severity, rule,
-- table_name, file name, line, child, column_name, value, message, repair, rows.
SELECT severity, rule, table_name, coalesce(file.name, ''), line, child, column_name, value, message, repair, rows
FROM finding LEFT JOIN file ON file.file = finding.file
WHERE :la IS NULL OR finding.la IS NULL OR finding.la = :la
ORDER BY severity, rule, file.year, file.name, line, column_name, finding
