-- Forgets the rows of authority :la that other files than :file brought of a measure for periods that share a day with
-- :first to :last: :la, :file, :measure, :first, :last.
DELETE FROM measure
WHERE la = :la AND file <> :file AND measure = :measure COLLATE NOCASE AND period_start <= :last AND period_end >= :first
