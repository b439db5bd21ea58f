-- what: GROUP BY icd10
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*), max(c) FROM (SELECT icd, count(*) AS c FROM dx GROUP BY icd) s;
