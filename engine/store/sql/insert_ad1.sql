-- Stores one row of ad1 as read: :la authority, :child, :file key of the file, :line in it,
-- :outcome 0 kept 1 repaired, then the columns in official order. Dates are day numbers, or the text that
-- was filed when it is no date; blank is NULL.
INSERT INTO ad1 VALUES (:la, :child, :file, :line, :outcome, :dob, :date_int, :date_match,
       :foster_care, :nb_adoptr, :sex_adoptr, :ls_adoptr)
