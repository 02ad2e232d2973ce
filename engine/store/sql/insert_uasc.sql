-- Stores one row of uasc as read: :la authority, :child, :file key of the file, :line in it,
-- :outcome 0 kept 1 repaired, then the columns in official order. Dates are day numbers, or the text that
-- was filed when it is no date; blank is NULL.
INSERT INTO uasc VALUES (:la, :child, :file, :line, :outcome, :sex, :dob, :duc)
