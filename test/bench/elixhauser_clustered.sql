-- what: Elixhauser categories per patient, rows ordered by patient
-- limit: ratio <= 1.2
-- limit: rate >= 8000000
-- timed
SELECT count(*), sum(elixhauser_hash(m)), rollup(m) FROM (
  SELECT patient, elixhauser_agg(icd) AS m FROM dxc GROUP BY patient) s;
