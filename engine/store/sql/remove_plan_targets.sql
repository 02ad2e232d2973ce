-- Forgets the targets of plan :plan that other files than :file brought.
DELETE FROM plan_target WHERE plan = :plan AND file <> :file
