-- what: Charlson score (Quan 2011 weights, hierarchies) per patient: dictionary hash join, score by an inlined expression of shifts
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), sum(bench_charlson_score(m)::int4) FROM (
  SELECT t.patient, bit_or(d.mask) AS m FROM dx t JOIN dict d USING (code) GROUP BY t.patient) s;
