-- what: case mix index, a compensated mean, 2,048 groups
-- limit: ratio <= 1.3
-- setup: setup_claims.sql
-- timed
SELECT count(*), sum(m) FROM (SELECT cmi(x) AS m FROM claim GROUP BY g) s;
