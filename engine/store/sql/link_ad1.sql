-- Gives the rows of ad1 under identifier :old of authority :la its new identifier :new.
UPDATE ad1 SET child = :new WHERE la = :la AND child = :old
