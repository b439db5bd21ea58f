-- what: Elixhauser categories per patient, in order of patient
-- limit: ratio <= 1.2
-- limit: rate >= 8000000
-- note: R, 1 M rows in one thread of a like machine: Elixhauser 1.70 M rows/s with comorbidity 1.1.0, 0.51 M rows/s with icd 4.0.9
-- setup: setup_types.sql
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dxc GROUP BY patient) s;
