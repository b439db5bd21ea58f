-- what: admissions within 30 days of the discharge of the row before
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT count(*) FILTER (WHERE g BETWEEN 0 AND 30) FROM (SELECT adm - lag(dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS g FROM stay) s;
