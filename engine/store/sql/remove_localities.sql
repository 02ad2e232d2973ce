-- Forgets all localities: a file of localities is a whole.
DELETE FROM locality
