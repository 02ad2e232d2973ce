-- Drops the rows of missing that file :file of authority :la brought.
DELETE FROM missing WHERE la = :la AND file = :file
