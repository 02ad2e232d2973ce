-- Gives the rows of episodes under identifier :old of authority :la its new identifier :new.
UPDATE episodes SET child = :new WHERE la = :la AND child = :old
