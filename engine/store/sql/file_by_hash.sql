-- A stored file with rows of the same kind and bytes: :la (NULL for files that are not of a return), :kind,
-- :sha256. Columns: file, year.
SELECT file, year FROM file
WHERE la IS :la AND kind = :kind AND sha256 = :sha256 AND rows_read > 0 AND refused_on_reading < rows_read
ORDER BY year DESC, file
