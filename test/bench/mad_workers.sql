-- what: median absolute deviation of one group with a leader and one worker, against alone
-- limit: ratio <= 0.67
-- setup: setup_claims.sql
SET max_parallel_workers_per_gather = 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
-- timed
SELECT mad(x) FROM claim;
