-- what: median absolute deviation of one group with a leader and one worker, against alone
-- note: no limit: the values must reach the leader, and selecting is its work alone; digits, sums and counts scale, see benford_workers
-- setup: setup_claims.sql
SET max_parallel_workers_per_gather = 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
-- timed
SELECT mad(x) FROM claim;
