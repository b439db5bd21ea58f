-- what: icd10::text
-- limit: ratio <= 1.3
-- setup: setup_types.sql
-- timed
SELECT sum(length(icd::text)) FROM dx;
