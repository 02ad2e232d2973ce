-- The imported prices: placement, provider, from_day, weekly_pence, annual_uplift_pct, source, file, line.
SELECT placement, provider, from_day, weekly_pence, annual_uplift_pct, source, file, line
FROM price
ORDER BY placement, provider, from_day
