-- View plan_effects (store/view.def) of authority :la and of none, NULL all of them.
SELECT plan.name, line, action_ref, lever, applies_to, low, likely, high, unit, start_milestone, ramp_months,
       rationale, replaces
FROM plan_effect JOIN plan USING (plan)
WHERE :la IS NULL OR plan.la IS NULL OR plan.la = :la
ORDER BY plan.name, file, line
