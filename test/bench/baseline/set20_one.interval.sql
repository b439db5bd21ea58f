-- what: the same through one interval of the typed column
-- timed
SELECT count(*) FROM dx WHERE icd <@ 'I20-I25';
