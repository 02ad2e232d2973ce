-- A beginning of postcodes and its locality: :postcode, :locality, :file.
INSERT OR REPLACE INTO locality (postcode, locality, file) VALUES (:postcode, :locality, :file)
