-- what: counts on both sides of a limit, 2,048 groups
-- limit: ratio <= 1.3
-- setup: setup_claims.sql
-- timed
SELECT count(*), sum(m) FROM (SELECT (threshold_bunching(x, 1000, 100)).below AS m FROM claim GROUP BY g) s;
