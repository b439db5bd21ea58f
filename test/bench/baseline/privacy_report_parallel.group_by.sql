-- what: two-level GROUP BY of k, uniques and risks
SET max_parallel_workers_per_gather = 2;
-- timed
SELECT sum(n), count(*), min(n), max(n), count(*) FILTER (WHERE n = 1), count(*) / sum(n), sum(n) FILTER (WHERE 1.0 / n > 0.2) / sum(n), avg(1.0 / n)
FROM (SELECT count(*) AS n FROM released GROUP BY birth_year, sex, county) c
