-- Beginnings of postcodes and their localities: postcode, locality.
SELECT postcode, locality FROM locality ORDER BY postcode
