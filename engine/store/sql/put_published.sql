-- A published number: :la, :measure, :breakdown, :characteristic, :year, :value (NULL: none), :symbol, :file. A later file
-- replaces an earlier one, but a gap never replaces a number.
INSERT INTO published (la, measure, breakdown, characteristic, year, value, symbol, file)
VALUES (:la, :measure, :breakdown, :characteristic, :year, :value, :symbol, :file)
ON CONFLICT (measure, la, breakdown, characteristic, year) DO UPDATE
SET value = excluded.value, symbol = excluded.symbol, file = excluded.file
WHERE excluded.value IS NOT NULL OR published.value IS NULL
