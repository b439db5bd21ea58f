-- what: readmission on ordered input, beside lag
-- limit: ratio <= 1.5
-- setup: setup_stays.sql
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT count(*) FILTER (WHERE (r).is_readmission) FROM (SELECT readmission(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS r FROM stay) s;
