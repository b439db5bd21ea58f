-- what: count(DISTINCT icd10)
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM (SELECT icd FROM dx GROUP BY icd) s;
