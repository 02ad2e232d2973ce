-- Forgets the findings about file :file.
DELETE FROM finding WHERE file = :file
