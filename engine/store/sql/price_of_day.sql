-- The line of the stored price of :placement, :provider and :from_day.
SELECT line FROM price WHERE placement = :placement AND provider = :provider AND from_day = :from_day
