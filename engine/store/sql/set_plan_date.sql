-- Another date for version :version: :plan_date, :dated.
UPDATE plan_version SET plan_date = :plan_date, dated = :dated WHERE version = :version
