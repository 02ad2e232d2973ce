-- A version of plan :plan: :file it came from, :sha256 of its rows, :plan_date (NULL unknown), :dated.
INSERT INTO plan_version (plan, file, sha256, plan_date, dated) VALUES (:plan, :file, :sha256, :plan_date, :dated)
