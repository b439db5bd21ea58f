-- what: multirange of all intervals
-- timed
SELECT sum(extract(epoch FROM upper(r) - lower(r))) / 60 FROM (SELECT hosp, range_agg(tsrange(ts, ts + interval '20 minutes')) AS s FROM stay GROUP BY hosp) x, unnest(s) r;
