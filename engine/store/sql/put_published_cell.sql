-- Notes that a count of authority :la was shown (?6 1, with value ?7) or hidden (?6 0). What was shown once stays
-- known.
INSERT INTO published_cell (la, measure, group_name, locality, date, shown, value)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (la, measure, group_name, locality, date)
DO UPDATE SET shown = max(shown, excluded.shown), value = coalesce(excluded.value, value)
