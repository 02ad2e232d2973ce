-- What earlier publications of authority :la showed and hid: measure, group_name, locality, date (day), shown,
-- value (NULL when hidden); in the order of the key.
SELECT measure, group_name, locality, date, shown, value
FROM published_cell
WHERE la = :la
ORDER BY measure, group_name, locality, date
