-- Every plan by name: plan, name, la (NULL nobody's), name of the authority, versions, effects, targets.
SELECT plan, plan.name, plan.la, coalesce(authority.name, ''),
       (SELECT count(*) FROM plan_version WHERE plan_version.plan = plan.plan),
       (SELECT count(*) FROM plan_effect WHERE plan_effect.plan = plan.plan),
       (SELECT count(*) FROM plan_target WHERE plan_target.plan = plan.plan)
FROM plan LEFT JOIN authority ON authority.la = plan.la
ORDER BY plan.name
