-- what: ORDER BY icd10
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT icd FROM dx ORDER BY icd OFFSET 1000000000;
