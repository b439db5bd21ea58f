-- what: arrays, sorted twice
-- timed
SELECT count(*), sum(m) FROM (
  SELECT (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(v - med)) FROM unnest(a) v) AS m
  FROM (SELECT array_agg(x) AS a, percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med FROM claim GROUP BY g) c) s;
