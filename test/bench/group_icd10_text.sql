-- what: GROUP BY icd10, against text
-- setup: setup_types.sql
-- timed
SELECT count(*), max(c) FROM (SELECT icd, count(*) AS c FROM dx GROUP BY icd) s;
