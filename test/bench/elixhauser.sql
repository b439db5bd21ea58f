-- what: Elixhauser categories per patient
-- limit: ratio <= 1.2
-- note: R, 1 M rows in one thread of a like machine: Elixhauser 1.70 M rows/s with comorbidity 1.1.0, 0.51 M rows/s with icd 4.0.9
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dx GROUP BY patient) s;
