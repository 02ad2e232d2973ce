-- Drops the rows of uasc that file :file of authority :la brought.
DELETE FROM uasc WHERE la = :la AND file = :file
