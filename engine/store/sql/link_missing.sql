-- Gives the rows of missing under identifier :old of authority :la its new identifier :new.
UPDATE missing SET child = :new WHERE la = :la AND child = :old
