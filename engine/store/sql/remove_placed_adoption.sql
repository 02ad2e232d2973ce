-- Drops the rows of placed_adoption that file :file of authority :la brought.
DELETE FROM placed_adoption WHERE la = :la AND file = :file
