-- Gives the rows of header under identifier :old of authority :la its new identifier :new.
UPDATE header SET child = :new WHERE la = :la AND child = :old
