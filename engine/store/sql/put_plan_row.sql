-- Row :position of version :version, as filed: :line, :ref of its action, :ref_made, then the columns of the
-- file from priority_ref to target.
INSERT INTO plan_row VALUES (:version, :position, :line, :ref, :ref_made, :priority_ref, :priority, :action_ref,
       :action, :milestone, :due, :revised_due, :status, :progress, :lead_role, :resources, :budget, :outcome,
       :indicator, :target)
