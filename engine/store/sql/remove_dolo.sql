-- Drops the rows of dolo that file :file of authority :la brought.
DELETE FROM dolo WHERE la = :la AND file = :file
