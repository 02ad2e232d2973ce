-- Drops the rows of sw_episodes that file :file of authority :la brought.
DELETE FROM sw_episodes WHERE la = :la AND file = :file
