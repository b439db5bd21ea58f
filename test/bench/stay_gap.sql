-- what: stay_gap on ordered input, beside lag
-- limit: ratio <= 1.5
-- setup: setup_stays.sql
-- note: lag is wrong where a stay lies within another; max_before is not
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT count(g), sum(g) FROM (SELECT stay_gap(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS g FROM stay) s;
