-- The rows of version :version in the order of the file: file, line, ref, ref_made, then the columns of the
-- file from priority_ref to target.
SELECT file, line, ref, ref_made, priority_ref, priority, action_ref, action, milestone, due, revised_due, status,
       progress, lead_role, resources, budget, outcome, indicator, target
FROM plan_row JOIN plan_version USING (version)
WHERE version = :version
ORDER BY position
