-- Gives the rows of sw_episodes under identifier :old of authority :la its new identifier :new.
UPDATE sw_episodes SET child = :new WHERE la = :la AND child = :old
