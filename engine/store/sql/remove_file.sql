-- Forgets file :file.
DELETE FROM file WHERE file = :file
