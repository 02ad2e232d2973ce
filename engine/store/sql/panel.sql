-- Published totals of all authorities, one after another: la, name, code, measure, year, value. Population alone, which
-- is known for later years, makes no year.
SELECT la, name, code, measure, year, value
FROM published JOIN authority USING (la)
WHERE level = 'la' AND breakdown = '' AND measure IN ('stock', 'starts', 'leavers', 'population')
ORDER BY la, year, measure
