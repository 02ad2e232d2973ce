-- Undoes everything since begin.
ROLLBACK
