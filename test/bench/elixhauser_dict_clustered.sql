-- what: Elixhauser categories per patient, no bits stored, in order of patient
-- limit: ratio <= 1
-- setup: setup_types.sql
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dxc GROUP BY patient) s;
