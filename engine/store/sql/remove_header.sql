-- Drops the rows of header that file :file of authority :la brought.
DELETE FROM header WHERE la = :la AND file = :file
