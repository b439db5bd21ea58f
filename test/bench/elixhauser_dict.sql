-- what: Elixhauser categories per patient, no bits stored
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dx GROUP BY patient) s;
