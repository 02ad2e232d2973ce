-- The homes of authority :la that rows of episodes name, one row each time: urn, place, place_provider.
SELECT urn, place, place_provider
FROM episodes
WHERE la = :la AND urn IS NOT NULL AND place_provider IS NOT NULL
