-- what: count(DISTINCT icd10)
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(DISTINCT icd) FROM dx;
