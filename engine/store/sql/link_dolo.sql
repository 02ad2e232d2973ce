-- Gives the rows of dolo under identifier :old of authority :la its new identifier :new.
UPDATE dolo SET child = :new WHERE la = :la AND child = :old
