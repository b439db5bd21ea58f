-- what: counts by group and digits of the text
-- timed
SELECT count(*), sum(chi2) FROM (
  SELECT g, sum((n - t * p) ^ 2 / (t * p)) + t * (1 - sum(p)) AS chi2 FROM (
    SELECT g, d, n::float8 AS n, sum(n) OVER (PARTITION BY g)::float8 AS t, log(1 + 1.0 / d)::float8 AS p FROM (
      SELECT g, rpad(substr(ltrim(translate(amount::text, '.', ''), '0'), 1, 2), 2, '0')::int AS d, count(*) AS n FROM claim GROUP BY g, d) b) e GROUP BY g, t) s;
