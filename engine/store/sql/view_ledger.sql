-- View ledger (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, date, line, placement, actual_pence
FROM ledger JOIN authority USING (la)
WHERE :la IS NULL OR ledger.la = :la
ORDER BY authority.name, date, line, placement, file, row
