-- Counts, for every file of authority :la of a budget, ledger or measures, the rows that a later file took the place of.
UPDATE file
SET superseded = rows_read - refused_on_reading
    - (SELECT count(*) FROM budget WHERE budget.la = :la AND budget.file = file.file)
    - (SELECT count(*) FROM ledger WHERE ledger.la = :la AND ledger.file = file.file)
    - (SELECT count(*) FROM measure WHERE measure.la = :la AND measure.file = file.file)
WHERE la = :la AND year IS NULL
