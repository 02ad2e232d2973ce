-- The versions of plan :plan, oldest first: version, plan_date (NULL unknown), dated, name of the file, rows.
SELECT version, plan_date, dated, file.name,
       (SELECT count(*) FROM plan_row WHERE plan_row.version = plan_version.version)
FROM plan_version JOIN file USING (file)
WHERE plan = :plan
ORDER BY plan_date, version
