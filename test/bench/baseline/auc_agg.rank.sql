-- The sum of ranks of the cases (Mann, Whitney); ties have the mean of their ranks.
SET work_mem = '1GB';
-- timed
SELECT (sum(r) FILTER (WHERE outcome) - count(*) FILTER (WHERE outcome) * (count(*) FILTER (WHERE outcome) + 1) / 2.0)
	/ (count(*) FILTER (WHERE outcome))::float8 / count(*) FILTER (WHERE NOT outcome)
FROM (SELECT outcome, rank() OVER w + (count(*) OVER (PARTITION BY score) - 1) / 2.0::float8 AS r FROM risk_score WINDOW w AS (ORDER BY score)) s;
