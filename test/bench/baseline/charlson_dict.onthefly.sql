-- what: charlson bits per patient: no dictionary at hand: bits of the distinct codes through the prefix table (equality on the first 3 and 4 characters of both parts), then hash join
SET enable_mergejoin = off;
-- timed
WITH k AS MATERIALIZED (
  SELECT code, replace(code, '.', '') AS b FROM (SELECT DISTINCT code FROM dx) s),
c AS NOT MATERIALIZED (
  SELECT k.code, coalesce(bit_or(1::int8 << p.bit), 0) AS m
    FROM k CROSS JOIN LATERAL (VALUES (left(b, 3)), (left(b, 4)), (left(split_part(b, '+', 2), 3)), (left(split_part(b, '+', 2), 4))) v(x)
    LEFT JOIN bench_prefix p ON p.prefix = v.x AND p.map = 'charlson'
   GROUP BY k.code)
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT dx.patient, bit_or(c.m) AS m FROM dx JOIN c USING (code) GROUP BY dx.patient) s;
