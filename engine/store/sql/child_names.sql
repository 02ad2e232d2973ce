-- Every identifier of a child in any table of any return: child.
SELECT child FROM header UNION SELECT child FROM episodes UNION SELECT child FROM uasc
UNION SELECT child FROM reviews UNION SELECT child FROM oc2 UNION SELECT child FROM oc3
UNION SELECT child FROM ad1 UNION SELECT child FROM placed_adoption UNION SELECT child FROM previous_permanence
UNION SELECT child FROM missing UNION SELECT child FROM sw_episodes UNION SELECT child FROM dolo
