-- Drops the rows of oc2 that file :file of authority :la brought.
DELETE FROM oc2 WHERE la = :la AND file = :file
