-- what: row_number over a sort by group and value
-- timed
SELECT count(*), sum(m) FROM (
  SELECT sum((2 * r - n - 1) * x) / (max(n) * sum(x)) AS m
  FROM (SELECT g, x, row_number() OVER (PARTITION BY g ORDER BY x) AS r, count(*) OVER (PARTITION BY g) AS n FROM claim) c GROUP BY g) s;
