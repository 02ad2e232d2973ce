-- A statistical neighbour: :la, :rank 1 to 10, :other_code (three digits), :closeness.
INSERT OR REPLACE INTO neighbour (la, rank, other_code, closeness) VALUES (:la, :rank, :other_code, :closeness)
