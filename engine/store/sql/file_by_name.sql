-- Earlier files of the name of :file that belong to no return and brought nothing that is still used.
SELECT earlier.file
FROM file JOIN file AS earlier ON earlier.name = file.name AND earlier.file < file.file
WHERE file.file = :file AND earlier.la IS NULL
      AND NOT EXISTS (SELECT 1 FROM published WHERE published.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM price WHERE price.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM locality WHERE locality.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM neighbour WHERE neighbour.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM plan_version WHERE plan_version.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM plan_effect WHERE plan_effect.file = earlier.file)
      AND NOT EXISTS (SELECT 1 FROM plan_target WHERE plan_target.file = earlier.file)
