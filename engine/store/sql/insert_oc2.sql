-- Stores one row of oc2 as read: :la authority, :child, :file key of the file, :line in it,
-- :outcome 0 kept 1 repaired, then the columns in official order. Dates are day numbers, or the text that
-- was filed when it is no date; blank is NULL.
INSERT INTO oc2 VALUES (:la, :child, :file, :line, :outcome, :dob, :sdq_score, :sdq_reason,
       :convicted, :health_check, :immunisations, :teeth_check, :health_assessment,
       :substance_misuse, :intervention_received, :intervention_offered)
