-- Drops the rows of episodes that file :file of authority :la brought.
DELETE FROM episodes WHERE la = :la AND file = :file
