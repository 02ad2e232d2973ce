-- A row of a targets file for plan :plan, as filed: :file, :line, :repaired on reading, then the columns of the
-- file from action_ref to note.
INSERT INTO plan_target VALUES (:plan, :file, :line, :repaired, :action_ref, :quantity, :baseline, :change, :value,
       :unit, :by, :note)
