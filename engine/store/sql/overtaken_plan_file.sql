-- A file of effects or targets of which later files have left nothing: file.
SELECT file FROM file
WHERE kind IN ('effects', 'targets') AND rows_read > refused_on_reading
      AND NOT EXISTS (SELECT 1 FROM plan_effect WHERE plan_effect.file = file.file)
      AND NOT EXISTS (SELECT 1 FROM plan_target WHERE plan_target.file = file.file)
