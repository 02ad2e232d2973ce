-- A new authority: :name, :match_name, :code, :old_code.
INSERT INTO authority (name, match_name, code, old_code) VALUES (:name, :match_name, :code, :old_code)
