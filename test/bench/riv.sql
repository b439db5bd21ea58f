-- what: reduction in variance of 2,048 groups, mean and spread of each in one state
-- limit: ratio <= 1.3
-- setup: setup_claims.sql
-- timed
SELECT (riv_agg(code, x)).riv FROM claim;
