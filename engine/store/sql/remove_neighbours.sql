-- Forgets the neighbours of authority :la.
DELETE FROM neighbour WHERE la = :la
