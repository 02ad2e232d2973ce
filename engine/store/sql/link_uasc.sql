-- Gives the rows of uasc under identifier :old of authority :la its new identifier :new.
UPDATE uasc SET child = :new WHERE la = :la AND child = :old
