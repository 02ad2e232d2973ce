-- View publications (store/view.def) of authority :la, NULL all of them.
SELECT authority.name, measure, group_name, locality, date, shown, value
FROM published_cell JOIN authority USING (la)
WHERE :la IS NULL OR published_cell.la = :la
ORDER BY authority.name, measure, group_name, locality, date
