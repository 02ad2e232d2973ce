-- Findings by severity: severity, findings.
SELECT severity, count(*) FROM finding GROUP BY severity
