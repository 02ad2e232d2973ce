-- Gives the rows of oc2 under identifier :old of authority :la its new identifier :new.
UPDATE oc2 SET child = :new WHERE la = :la AND child = :old
