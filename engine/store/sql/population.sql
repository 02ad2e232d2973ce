-- Children of authority :la as published: measure, breakdown (of a projection the year it starts from: "2018-based"),
-- characteristic (an age band, '' for ages 0 to 17), year (of the 31 March after the mid-year), value; the rows of one
-- estimate or projected mid-year together.
SELECT measure, breakdown, characteristic, year, value
FROM published
WHERE la = :la AND measure IN ('population', 'projection') AND value IS NOT NULL
ORDER BY measure, CASE measure WHEN 'projection' THEN breakdown ELSE '' END, year, characteristic
