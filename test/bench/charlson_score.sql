-- what: Charlson score per patient
-- limit: ratio <= 1.2
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(sc) FROM (
  SELECT patient, charlson_score(charlson_agg(icd)) AS sc FROM dx GROUP BY patient) s;
