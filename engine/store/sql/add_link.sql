-- Joins identifier :old of authority :la to :new.
INSERT OR REPLACE INTO link (la, old, new) VALUES (:la, :old, :new)
