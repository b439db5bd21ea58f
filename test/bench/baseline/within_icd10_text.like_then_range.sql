-- what: ischaemic heart disease I20-I25, one LIKE that rejects most rows, then the upper bound
-- timed
SELECT count(*) FROM dx WHERE code LIKE 'I2%' AND code < 'I26';
