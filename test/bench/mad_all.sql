-- what: median absolute deviation, one group
-- limit: rate >= 10000000
-- limit: ratio <= 0.5
-- setup: setup_claims.sql
-- timed
SELECT mad(x) FROM claim;
