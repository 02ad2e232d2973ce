-- View prices (store/view.def); :la is not asked.
SELECT placement, provider, from_day, weekly_pence, annual_uplift_pct, source
FROM price
WHERE :la IS NULL OR :la IS NOT NULL
ORDER BY placement, provider, from_day
