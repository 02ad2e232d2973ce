-- Forgets all imported prices: a price file is a whole.
DELETE FROM price
