-- Drops the rows of previous_permanence that file :file of authority :la brought.
DELETE FROM previous_permanence WHERE la = :la AND file = :file
