-- A file that is being read: :name, :sha256.
INSERT INTO file (name, kind, sha256) VALUES (:name, '', :sha256)
