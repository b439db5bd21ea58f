-- what: first two digits against Benford's law, numeric, 2,048 groups
-- limit: rate >= 4000000
-- limit: ratio <= 0.5
-- setup: setup_claims.sql
-- timed
SELECT count(*), sum(chi2) FROM (SELECT (benford_test(benford_agg(amount))).chi2 FROM claim GROUP BY g) s;
