-- What reading file :file gave: :rows_read, :refused_on_reading; until it is settled every other row counts
-- as kept, apart from :repaired.
UPDATE file
SET rows_read = :rows_read, refused_on_reading = :refused_on_reading, refused = :refused_on_reading,
    repaired = :repaired, kept = :rows_read - :refused_on_reading - :repaired
WHERE file = :file
