-- View localities (store/view.def); :la is not asked.
SELECT postcode, locality
FROM locality
WHERE :la IS NULL OR :la IS NOT NULL
ORDER BY postcode
