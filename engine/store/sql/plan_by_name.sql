-- The plan called :name: plan, la.
SELECT plan, la FROM plan WHERE name = :name
