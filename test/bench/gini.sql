-- what: Gini coefficient, 2,048 groups
-- limit: rate >= 4000000
-- limit: ratio <= 0.5
-- setup: setup_claims.sql
-- timed
SELECT count(*), sum(m) FROM (SELECT gini(x) AS m FROM claim GROUP BY g) s;
