-- what: code <@ 'I20-I25'
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM dx WHERE icd <@ 'I20-I25';
