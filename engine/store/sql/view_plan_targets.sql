-- View plan_targets (store/view.def) of authority :la and of none, NULL all of them.
SELECT plan.name, line, action_ref, quantity, baseline, change, value, unit, by_day, note
FROM plan_target JOIN plan USING (plan)
WHERE :la IS NULL OR plan.la IS NULL OR plan.la = :la
ORDER BY plan.name, file, line
