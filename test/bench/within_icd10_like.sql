-- what: code <@ 'I20-I25', against six LIKE
-- limit: ratio <= 0.67
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM dx WHERE icd <@ 'I20-I25';
