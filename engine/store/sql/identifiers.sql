-- The identifiers of the children of authority :la who have an episode: child.
SELECT DISTINCT child FROM episodes WHERE la = :la
