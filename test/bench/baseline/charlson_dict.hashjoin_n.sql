-- what: charlson bits per patient: the same on the int8 code
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT t.patient, bit_or(d.mask) AS m FROM dx t JOIN dict d USING (n) GROUP BY t.patient) s;
