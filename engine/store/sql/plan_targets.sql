-- The targets of plan :plan in the order of their file: file, line, repaired, then the columns of the file from
-- action_ref to note.
SELECT file, line, repaired, action_ref, quantity, baseline, change, value, unit, by_day, note
FROM plan_target
WHERE plan = :plan
ORDER BY file, line
