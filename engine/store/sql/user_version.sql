-- The version of the schema, 0 in an empty file.
PRAGMA user_version
