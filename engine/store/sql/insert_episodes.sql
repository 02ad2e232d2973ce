-- Stores one row of episodes as read: :la authority, :child, :file key of the file, :line in it,
-- :outcome 0 kept 1 repaired, then the columns in official order. Dates are day numbers, or the text that
-- was filed when it is no date; blank is NULL.
INSERT INTO episodes VALUES (:la, :child, :file, :line, :outcome, :decom, :rne, :ls, :cin, :place,
       :place_provider, :dec, :rec, :reason_place_change, :home_post, :pl_post, :urn, :pl_la,
       :pl_location, :pl_distance)
