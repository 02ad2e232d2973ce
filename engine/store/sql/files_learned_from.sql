-- The files that a forecast of authority :la is made from, its returns and what is published of it: kind, year, sha256.
SELECT kind, year, sha256
FROM file
WHERE (la = :la AND year IS NOT NULL)
   OR file IN (SELECT file FROM published
               WHERE la = :la AND measure IN ('stock', 'starts', 'leavers', 'population', 'projection'))
ORDER BY kind, year, sha256
