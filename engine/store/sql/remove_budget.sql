-- Forgets the rows of authority :la that other files than :file brought for the year :year.
DELETE FROM budget WHERE la = :la AND file <> :file AND year = :year
