-- what: charlson bits per patient: the same as array_n by sort and group
SET enable_hashagg = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, bit_or((bench_masks())[n]) AS m FROM dx GROUP BY patient) s;
