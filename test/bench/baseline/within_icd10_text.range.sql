-- what: ischaemic heart disease I20-I25, a range in byte order
-- timed
SELECT count(*) FROM dx WHERE code >= 'I20' AND code < 'I26';
