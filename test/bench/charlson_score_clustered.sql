-- what: Charlson score per patient, in order of patient
-- limit: ratio <= 1.2
-- setup: setup_types.sql
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(sc) FROM (
  SELECT patient, charlson_score(charlson_agg(icd)) AS sc FROM dxc GROUP BY patient) s;
