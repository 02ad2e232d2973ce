-- The version of plan :plan whose rows have the digest :sha256: version, file, plan_date (NULL unknown).
SELECT version, file, plan_date FROM plan_version WHERE plan = :plan AND sha256 = :sha256
