-- A file of authority :la other than :file, of a budget, ledger or measures, of which nothing counts any more: file.
SELECT file FROM file WHERE la = :la AND year IS NULL AND file <> :file AND superseded = rows_read - refused_on_reading
