-- All authorities by name: la, name, code, old_code, pseudonymised, has_returns, has_published.
SELECT la, name, code, old_code, pseudonymised,
       EXISTS (SELECT 1 FROM file WHERE file.la = authority.la AND year IS NOT NULL),
       EXISTS (SELECT 1 FROM published WHERE published.la = authority.la
               AND measure IN ('stock', 'starts', 'leavers'))
FROM authority
WHERE level = 'la'
ORDER BY name, la
