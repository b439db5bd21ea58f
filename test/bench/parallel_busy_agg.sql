-- what: busy_agg by leader and one worker, beside one process
-- limit: ratio <= 0.667
-- setup: setup_stays.sql
SET max_parallel_workers_per_gather = 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
-- timed
SELECT sum((busy_stats(s)).covered) FROM (SELECT hosp, busy_agg(tsrange(ts, ts + interval '20 minutes')) AS s FROM stay GROUP BY hosp) x;
