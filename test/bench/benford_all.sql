-- what: first two digits against Benford's law, numeric, one group
-- limit: rate >= 10000000
-- limit: ratio <= 0.5
-- setup: setup_claims.sql
-- timed
SELECT (benford_test(benford_agg(amount))).chi2 FROM claim;
