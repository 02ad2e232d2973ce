-- How every connection is set up: a rollback journal and full flushing, because people copy this file; sorting
-- in memory, because temporary files would hold rows of children in a shared folder.
PRAGMA foreign_keys = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -24000;
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
