-- what: rolling_count over 15 days on ordered input, beside RANGE
-- limit: ratio < 1
-- setup: setup_stays.sql
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT sum(c) FROM (SELECT rolling_count(adm, 15) OVER (PARTITION BY person ORDER BY adm) AS c FROM stay) s;
