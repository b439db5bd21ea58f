-- what: RANGE of an interval
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT sum(c) FROM (SELECT count(*) OVER (PARTITION BY person ORDER BY adm RANGE '14 days' PRECEDING) AS c FROM stay) s;
