-- How many tables the file has; 0: nothing was ever stored.
SELECT count(*) FROM sqlite_schema
