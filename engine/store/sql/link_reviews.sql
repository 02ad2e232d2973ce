-- Gives the rows of reviews under identifier :old of authority :la its new identifier :new.
UPDATE reviews SET child = :new WHERE la = :la AND child = :old
