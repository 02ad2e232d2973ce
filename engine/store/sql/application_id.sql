-- Which program's file this is.
PRAGMA application_id
