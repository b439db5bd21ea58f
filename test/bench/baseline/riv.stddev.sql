-- what: stddev by the same text, and the sum of squares from it
-- timed
SELECT sum(n * (m - a) ^ 2) / (sum(n * (m - a) ^ 2) + sum((n - 1) * v)) FROM (
  SELECT count(*) AS n, avg(x) AS m, coalesce(var_samp(x), 0) AS v FROM claim GROUP BY code) g, (SELECT avg(x) AS a FROM claim) t;
