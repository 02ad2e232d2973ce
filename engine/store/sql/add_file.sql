-- A file that is being read: :name, :kind, :sha256, :la and :year (NULL when not of a return, or not yet known).
INSERT INTO file (name, kind, sha256, la, year) VALUES (:name, :kind, :sha256, :la, :year)
