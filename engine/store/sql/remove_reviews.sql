-- Drops the rows of reviews that file :file of authority :la brought.
DELETE FROM reviews WHERE la = :la AND file = :file
