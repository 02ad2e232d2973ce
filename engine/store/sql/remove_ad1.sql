-- Drops the rows of ad1 that file :file of authority :la brought.
DELETE FROM ad1 WHERE la = :la AND file = :file
