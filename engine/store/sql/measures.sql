-- The measures of authority :la: file, row, measure, locality, period_start, period_end, numerator, denominator, value,
-- target, polarity, question; by measure, locality and period.
SELECT file, row, measure, locality, period_start, period_end, numerator, denominator, value, target, polarity, question
FROM measure
WHERE la = :la
ORDER BY measure, locality, period_start, file, row
