-- what: covered time of 2,048 groups: busy_agg, beside range_agg
-- limit: ratio < 1
-- setup: setup_stays.sql
-- note: range_agg gives the covered time alone
-- timed
SELECT sum((busy_stats(s)).covered) FROM (SELECT hosp, busy_agg(tsrange(ts, ts + interval '20 minutes')) AS s FROM stay GROUP BY hosp) x;
