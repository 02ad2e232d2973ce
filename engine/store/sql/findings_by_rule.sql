-- Findings of authority :la (NULL: all) by rule, worst first: rule, severity, findings, rows.
SELECT rule, severity, count(*), sum(rows)
FROM finding
WHERE :la IS NULL OR la IS NULL OR la = :la
GROUP BY rule, severity
ORDER BY severity, sum(rows) DESC, rule
