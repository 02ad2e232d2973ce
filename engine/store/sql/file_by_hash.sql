-- A stored file of the same kind and bytes: :la (NULL for files that are not of a return), :kind, :sha256.
-- Columns: file, year, name.
SELECT file, year, name FROM file
WHERE la IS :la AND kind = :kind AND sha256 = :sha256
ORDER BY year DESC, file
