-- what: ischaemic heart disease I20-I25, LIKE ANY (array)
-- timed
SELECT count(*) FROM dx WHERE code LIKE ANY ('{I20%,I21%,I22%,I23%,I24%,I25%}');
