-- Stored files that are not of a return, by :name and :kind.
SELECT file FROM file WHERE la IS NULL AND name = :name AND kind = :kind
