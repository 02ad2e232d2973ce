-- Drops the rows of oc3 that file :file of authority :la brought.
DELETE FROM oc3 WHERE la = :la AND file = :file
