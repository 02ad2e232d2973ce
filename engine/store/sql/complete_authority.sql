-- Fills in what was not known of authority :la: :code, :old_code.
UPDATE authority
SET code = CASE code WHEN '' THEN :code ELSE code END,
    old_code = CASE old_code WHEN '' THEN :old_code ELSE old_code END
WHERE la = :la
