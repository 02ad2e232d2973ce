-- View plan_rows (store/view.def) of authority :la and of none, NULL all of them.
SELECT plan.name, version, line, ref, priority_ref, priority, action, milestone, due, revised_due, status, progress,
       lead_role, resources, budget, outcome, indicator, target
FROM plan_row JOIN plan_version USING (version) JOIN plan USING (plan)
WHERE :la IS NULL OR plan.la IS NULL OR plan.la = :la
ORDER BY plan.name, version, position
