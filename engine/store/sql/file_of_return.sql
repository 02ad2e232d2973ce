-- The stored file of a table :kind of a return :la, :year: file, sha256.
SELECT file, sha256 FROM file WHERE la = :la AND year = :year AND kind = :kind
