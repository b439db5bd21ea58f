-- what: one process
-- timed
SELECT sum((busy_stats(s)).covered) FROM (SELECT hosp, busy_agg(tsrange(ts, ts + interval '20 minutes')) AS s FROM stay GROUP BY hosp) x;
