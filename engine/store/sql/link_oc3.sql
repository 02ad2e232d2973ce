-- Gives the rows of oc3 under identifier :old of authority :la its new identifier :new.
UPDATE oc3 SET child = :new WHERE la = :la AND child = :old
