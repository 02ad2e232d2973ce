-- View neighbours (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, rank, coalesce(other.name, other_code), closeness
FROM neighbour
JOIN authority ON authority.la = neighbour.la
LEFT JOIN authority AS other ON other.old_code = neighbour.other_code AND other.level = 'la'
WHERE :la IS NULL OR neighbour.la = :la
ORDER BY authority.name, rank
