-- what: ischaemic heart disease I20-I25, left(code, 3) = ANY (array)
-- timed
SELECT count(*) FROM dx WHERE left(code, 3) = ANY ('{I20,I21,I22,I23,I24,I25}');
