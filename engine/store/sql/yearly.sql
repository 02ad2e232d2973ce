-- Published totals of authority :la by year: measure, year, value.
SELECT measure, year, value
FROM published
WHERE la = :la AND breakdown = '' AND measure IN ('stock', 'starts', 'leavers', 'population')
ORDER BY year, measure
