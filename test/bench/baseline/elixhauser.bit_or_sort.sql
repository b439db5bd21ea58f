-- what: elixhauser bits per patient: bit_or of a precomputed int8 column by sort and group
SET enable_hashagg = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, bit_or(emask) AS m FROM dx GROUP BY patient) s;
