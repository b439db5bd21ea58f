-- what: count of distinct icd10, against text
-- limit: ratio <= 1
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM (SELECT icd FROM dx GROUP BY icd) s;
