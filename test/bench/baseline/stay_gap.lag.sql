-- what: days since the discharge of the row before
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT count(g), sum(g) FROM (SELECT adm - lag(dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS g FROM stay) s;
