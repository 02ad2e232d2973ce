-- What the rules made of file :file: :kept, :repaired, :refused (without those refused on reading),
-- :superseded, :short_break.
UPDATE file
SET kept = :kept, repaired = :repaired, refused = :refused + refused_on_reading, superseded = :superseded,
    short_break = :short_break
WHERE file = :file
