-- what: ischaemic heart disease I20-I25, left(code, 3) BETWEEN
-- timed
SELECT count(*) FROM dx WHERE left(code, 3) BETWEEN 'I20' AND 'I25';
