-- what: elixhauser bits per patient: constant array of bits indexed by the dense int8 code, bit_or
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, bit_or((bench_emasks())[n]) AS m FROM dx GROUP BY patient) s;
