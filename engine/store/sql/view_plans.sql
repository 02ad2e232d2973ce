-- View plans (store/view.def) of authority :la and of none, NULL all of them.
SELECT plan.name, authority.name, version, plan_date, dated, file.name
FROM plan_version
JOIN plan USING (plan)
JOIN file ON file.file = plan_version.file
LEFT JOIN authority ON authority.la = plan.la
WHERE :la IS NULL OR plan.la IS NULL OR plan.la = :la
ORDER BY plan.name, version
