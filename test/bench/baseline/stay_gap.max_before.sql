-- what: days since the latest discharge of the rows before
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT count(g), sum(g) FROM (SELECT adm - max(dsc) OVER (PARTITION BY person ORDER BY adm, dsc ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS g FROM stay) s;
