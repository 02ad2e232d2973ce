-- The authority that a published row means, the best match first: ONS code :code, old code :old_code, then
-- name :match_name where no code contradicts it; of level :level. Columns: la, code, old_code.
SELECT la, code, old_code
FROM authority
WHERE level = :level AND (
      (:code <> '' AND code = :code)
   OR (:old_code <> '' AND old_code = :old_code AND (:code = '' OR code = ''))
   OR (:match_name <> '' AND match_name = :match_name AND (:code = '' OR code = '')))
ORDER BY code = :code AND code <> '' DESC, old_code = :old_code AND old_code <> '' DESC, la
LIMIT 1
