-- what: Charlson categories per patient, in order of patient
-- limit: ratio <= 1.2
-- limit: rate >= 8000000
-- note: R, 1 M rows in one thread of a like machine: Charlson 2.27 M rows/s with comorbidity 1.1.0, 0.56 M rows/s with icd 4.0.9
-- setup: setup_types.sql
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(charlson_hash(m)), rollup(m) FROM (
  SELECT patient, charlson_agg(icd) AS m FROM dxc GROUP BY patient) s;
