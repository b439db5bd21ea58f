-- what: elixhauser bits per patient: no dictionary at hand: bits of the distinct codes by LIKE on the prefix table, then hash join
SET enable_mergejoin = off;
-- timed
WITH c AS MATERIALIZED (
  SELECT k.code, bit_or(1::int8 << p.bit) AS m
    FROM (SELECT DISTINCT code FROM dx) k
    JOIN bench_prefix p ON p.map = 'elixhauser'
         AND (replace(k.code, '.', '') LIKE p.prefix || '%' OR replace(k.code, '.', '') LIKE '%+' || p.prefix || '%')
   GROUP BY k.code)
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT dx.patient, coalesce(bit_or(c.m), 0) AS m FROM dx LEFT JOIN c USING (code) GROUP BY dx.patient) s;
