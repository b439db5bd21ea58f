-- what: first two digits of 2,048 groups with a leader and one worker, against alone
-- limit: ratio <= 0.67
-- setup: setup_claims.sql
SET max_parallel_workers_per_gather = 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
-- timed
SELECT count(*), sum(chi2) FROM (SELECT (benford_test(benford_agg(amount))).chi2 FROM claim GROUP BY g) s;
