-- Forgets the effects of plan :plan that other files than :file brought.
DELETE FROM plan_effect WHERE plan = :plan AND file <> :file
