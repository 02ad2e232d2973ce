-- View published (store/view.def) of authority :la and of all above it, NULL all of them.
SELECT authority.name, measure, breakdown, characteristic, year, value, symbol
FROM published JOIN authority USING (la)
WHERE :la IS NULL OR published.la = :la OR level <> 'la'
ORDER BY authority.name, measure, breakdown, characteristic, year
