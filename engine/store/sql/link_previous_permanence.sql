-- Gives the rows of previous_permanence under identifier :old of authority :la its new identifier :new.
UPDATE previous_permanence SET child = :new WHERE la = :la AND child = :old
