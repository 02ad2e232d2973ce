-- Gives the rows of placed_adoption under identifier :old of authority :la its new identifier :new.
UPDATE placed_adoption SET child = :new WHERE la = :la AND child = :old
