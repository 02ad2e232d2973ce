-- "ok" when the file's pages and rows are whole, else what is not.
PRAGMA quick_check(1)
