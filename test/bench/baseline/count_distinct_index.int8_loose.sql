-- what: distinct int8 values through the btree by a loose index scan (recursive CTE)
-- timed
WITH RECURSIVE t AS (
  (SELECT n FROM dxc ORDER BY n LIMIT 1)
  UNION ALL
  SELECT (SELECT d.n FROM dxc d WHERE d.n > t.n ORDER BY d.n LIMIT 1) FROM t WHERE t.n IS NOT NULL)
SELECT count(n) FROM t;
