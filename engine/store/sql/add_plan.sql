-- A plan that was not known: :name.
INSERT INTO plan (name) VALUES (:name)
