-- The stored file of a table :kind of a return :la, :year: file, sha256, name.
SELECT file, sha256, name FROM file WHERE la = :la AND year = :year AND kind = :kind
