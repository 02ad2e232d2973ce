-- Stores one row of header as read: :la authority, :child, :file key of the file, :line in it,
-- :outcome 0 kept 1 repaired, then the columns in official order. Dates are day numbers, or the text that
-- was filed when it is no date; blank is NULL.
INSERT INTO header VALUES (:la, :child, :file, :line, :outcome, :sex, :dob, :ethnic, :upn, :mother,
       :mc_dob)
