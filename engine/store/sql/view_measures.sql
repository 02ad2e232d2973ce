-- View measures (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, measure, locality, period_start, period_end, numerator, denominator, value, target, polarity,
       question
FROM measure JOIN authority USING (la)
WHERE :la IS NULL OR measure.la = :la
ORDER BY authority.name, measure, locality, period_start, period_end, file, row
