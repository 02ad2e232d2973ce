-- A price: :placement, :provider ('' any), :from_day, :line, :weekly_pence, :annual_uplift_pct, :source, :file. Of two
-- prices of one day the later line stands.
INSERT OR REPLACE INTO price (placement, provider, from_day, line, weekly_pence, annual_uplift_pct, source, file)
VALUES (:placement, :provider, :from_day, :line, :weekly_pence, :annual_uplift_pct, :source, :file)
