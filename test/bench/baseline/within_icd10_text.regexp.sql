-- what: ischaemic heart disease I20-I25, a regular expression
-- timed
SELECT count(*) FROM dx WHERE code ~ '^I2[0-5]';
