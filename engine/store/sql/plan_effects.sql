-- The effects of plan :plan in the order of their file: file, line, repaired, then the columns of the file from
-- action_ref to replaces.
SELECT file, line, repaired, action_ref, lever, applies_to, low, likely, high, unit, start_milestone, ramp_months,
       rationale, replaces
FROM plan_effect
WHERE plan = :plan
ORDER BY file, line
