-- Identifiers of authority :la that were joined: old, new.
SELECT old, new FROM link WHERE la = :la ORDER BY old
