-- what: Charlson score (Quan 2011 weights, hierarchies) per patient: precomputed bits, score by constant array
-- timed
SELECT count(*), sum((bench_scores())[m + 1]) FROM (
  SELECT patient, bit_or(mask) AS m FROM dxc GROUP BY patient) s;
