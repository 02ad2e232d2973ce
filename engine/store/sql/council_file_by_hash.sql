-- A stored file of authority :la with the same bytes, all of whose rows still count: :la, :kind, :sha256. Column: file.
SELECT file FROM file
WHERE la = :la AND year IS NULL AND kind = :kind AND sha256 = :sha256 AND superseded = 0
      AND refused_on_reading < rows_read
