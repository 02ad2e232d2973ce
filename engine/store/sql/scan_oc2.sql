-- The rows of oc2 of authority :la, child by child in key order: child, file, line, outcome, then the
-- columns in official order (dates as day numbers, or text when it is no date).
SELECT child, file, line, outcome, dob, sdq_score, sdq_reason, convicted, health_check,
       immunisations, teeth_check, health_assessment, substance_misuse, intervention_received,
       intervention_offered
FROM oc2
WHERE la = :la
ORDER BY child, file, line
