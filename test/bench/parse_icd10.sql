-- what: text::icd10
-- limit: ns <= 45
-- net: floor/code.sql
-- setup: setup_types.sql
-- timed
SELECT count(code::icd10) FROM dx;
