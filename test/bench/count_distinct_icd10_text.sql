-- what: count of distinct icd10, against text
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM (SELECT icd FROM dx GROUP BY icd) s;
