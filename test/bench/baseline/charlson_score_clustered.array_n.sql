-- what: Charlson score (Quan 2011 weights, hierarchies) per patient: bits by constant array, score by constant array of 2^17 entries
-- timed
SELECT count(*), sum(sc) FROM (
  SELECT patient, (bench_scores())[bit_or((bench_masks())[n]) + 1] AS sc FROM dxc GROUP BY patient) s;
