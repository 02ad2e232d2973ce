-- A statistical neighbour: :la, :rank 1 to 10, :other_code (three digits), :closeness, :file.
INSERT OR REPLACE INTO neighbour (la, rank, other_code, closeness, file)
VALUES (:la, :rank, :other_code, :closeness, :file)
