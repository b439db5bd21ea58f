-- what: gaps and islands by window functions
-- timed
SELECT sum(extract(epoch FROM e - b)) / 60 FROM (
	SELECT min(ts) AS b, max(te) AS e FROM (
		SELECT hosp, ts, te, sum(fresh) OVER (PARTITION BY hosp ORDER BY ts, te) AS island FROM (
			SELECT hosp, ts, ts + interval '20 minutes' AS te,
				(ts > max(ts + interval '20 minutes') OVER (PARTITION BY hosp ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::int AS fresh
			FROM stay) a) b GROUP BY hosp, island) c;
