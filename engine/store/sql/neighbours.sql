-- Keys of the neighbours of authority :la that are stored, closest first.
SELECT authority.la
FROM neighbour JOIN authority ON authority.old_code = neighbour.other_code AND level = 'la'
WHERE neighbour.la = :la
ORDER BY rank
LIMIT 10
