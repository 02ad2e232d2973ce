-- A new authority: :name, :match_name, :code, :old_code, :level.
INSERT INTO authority (name, match_name, code, old_code, level) VALUES (:name, :match_name, :code, :old_code, :level)
