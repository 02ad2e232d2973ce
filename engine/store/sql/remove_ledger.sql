-- Forgets the rows of authority :la that other files than :file brought for the days from :first to :last.
DELETE FROM ledger WHERE la = :la AND file <> :file AND date BETWEEN :first AND :last
