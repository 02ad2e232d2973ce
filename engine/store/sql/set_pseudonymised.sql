-- Notes whether the returns of authority :la hold pseudonyms (:pseudonymised 0 or 1).
UPDATE authority SET pseudonymised = :pseudonymised WHERE la = :la
