-- what: ORDER BY icd10, against text "C"
-- limit: ratio <= 0.33
-- setup: setup_types.sql
-- timed
SELECT icd FROM dx ORDER BY icd OFFSET 1000000000;
