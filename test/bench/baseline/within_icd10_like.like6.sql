-- what: ischaemic heart disease I20-I25, six LIKE
-- timed
SELECT count(*) FROM dx WHERE code LIKE 'I20%' OR code LIKE 'I21%' OR code LIKE 'I22%' OR code LIKE 'I23%' OR code LIKE 'I24%' OR code LIKE 'I25%';
