-- what: Elixhauser categories per patient
-- limit: ratio <= 1.2
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dx GROUP BY patient) s;
