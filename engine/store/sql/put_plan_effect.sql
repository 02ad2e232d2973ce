-- A row of an effects file for plan :plan, as filed: :file, :line, :repaired on reading, then the columns of the
-- file from action_ref to replaces.
INSERT INTO plan_effect VALUES (:plan, :file, :line, :repaired, :action_ref, :lever, :applies_to, :low, :likely,
       :high, :unit, :start_milestone, :ramp_months, :rationale, :replaces)
