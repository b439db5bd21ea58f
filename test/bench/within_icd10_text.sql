-- what: code <@ 'I20-I25', against text
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM dx WHERE icd <@ 'I20-I25';
