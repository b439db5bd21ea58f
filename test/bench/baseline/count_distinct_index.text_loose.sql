-- what: distinct text values through the btree by a loose index scan (recursive CTE)
-- timed
WITH RECURSIVE t AS (
  (SELECT code FROM dxc ORDER BY code LIMIT 1)
  UNION ALL
  SELECT (SELECT d.code FROM dxc d WHERE d.code > t.code ORDER BY d.code LIMIT 1) FROM t WHERE t.code IS NOT NULL)
SELECT count(code) FROM t;
