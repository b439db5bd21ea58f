-- what: percentile_cont twice, the second time over a join
-- timed
SELECT count(*), sum(m) FROM (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - med)) AS m
  FROM claim JOIN (SELECT g, percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med FROM claim GROUP BY g) a USING (g) GROUP BY g) s;
