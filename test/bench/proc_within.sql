-- what: procedures 36.00-36.99, icd <@ '36'
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM proc WHERE icd <@ '36';
