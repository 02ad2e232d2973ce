-- Refuses every change from here on.
PRAGMA query_only = ON
