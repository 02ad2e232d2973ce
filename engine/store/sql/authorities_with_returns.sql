-- Keys of the authorities that have returns.
SELECT DISTINCT la FROM file WHERE la IS NOT NULL AND year IS NOT NULL ORDER BY la
