-- Forgets the findings of a stage :stage about authority :la (NULL: those about none), before it is settled
-- again.
DELETE FROM finding WHERE stage = :stage AND la IS :la
