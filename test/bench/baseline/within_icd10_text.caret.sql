-- what: ischaemic heart disease I20-I25, six ^@ operators
-- timed
SELECT count(*) FROM dx WHERE code ^@ 'I20' OR code ^@ 'I21' OR code ^@ 'I22' OR code ^@ 'I23' OR code ^@ 'I24' OR code ^@ 'I25';
