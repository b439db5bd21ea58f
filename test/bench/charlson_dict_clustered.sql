-- what: Charlson categories per patient, no bits stored, in order of patient
-- limit: ratio <= 1
-- setup: setup_types.sql
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(charlson_hash(m)), rollup(m) FROM (
  SELECT patient, charlson_agg(icd) AS m FROM dxc GROUP BY patient) s;
