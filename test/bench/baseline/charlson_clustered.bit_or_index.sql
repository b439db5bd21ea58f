-- what: charlson bits per patient: bit_or of a precomputed int8 column, sorted aggregation through the btree on patient
SET enable_hashagg = off;
SET enable_sort = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, bit_or(mask) AS m FROM dxc GROUP BY patient) s;
