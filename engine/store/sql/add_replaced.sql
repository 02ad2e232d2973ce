-- Remembers that file :file of a return gave way to a corrected one.
INSERT OR IGNORE INTO replaced (name, kind, sha256, la, year)
SELECT name, kind, sha256, la, year FROM file WHERE file = :file
