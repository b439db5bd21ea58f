-- One row for each score that differs, then a running count.
SET work_mem = '1GB';
-- timed
SELECT sum(cases * (below + controls / 2.0::float8)) / sum(cases)::float8 / sum(controls)::float8
FROM (SELECT cases, controls, sum(controls) OVER (ORDER BY score) - controls AS below
	FROM (SELECT score, count(*) FILTER (WHERE outcome) AS cases, count(*) FILTER (WHERE NOT outcome) AS controls FROM risk_score GROUP BY score) g) s;
